package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * How the switches of a network stand for one batch: which ReLUs, leaky or not, pass their input
 * on, and which element each maximum takes. With all of them held as they are the network is
 * smooth, and its second derivatives are those that it has everywhere but on the kinks; between two
 * points with a kink in between, a difference of gradients would also see the kink.
 *
 * <p>Use: a pass {@link #noted} of one batch, then any number of passes {@link #held} of that
 * batch.
 */
final class ActivationPattern {
  private final List<Position> positions = new ArrayList<>(); // in the order of the computation

  /** What stands in for one layer. */
  private interface Position {
    Variable of(Variable x);
  }

  /** The same pass, which also notes how the switches stand. */
  Pass noted(Pass pass) {
    positions.clear();
    return pass.substituting(
        (layer, x, within) -> {
          Variable y = layer.forward(x, within);
          if (layer instanceof Relu) {
            positions.add(passing(x, 0f));
          } else if (layer instanceof LeakyRelu leaky) {
            positions.add(passing(x, leaky.slope()));
          } else if (layer instanceof MaxPool2d pool) {
            positions.add(taking(pool, x, y));
          }
          return y;
        });
  }

  /** The same pass with the switches as they were noted. */
  Pass held(Pass pass) {
    int[] next = {0};
    return pass.substituting(
        (layer, x, within) ->
            layer instanceof Relu || layer instanceof LeakyRelu || layer instanceof MaxPool2d
                ? positions.get(next[0]++).of(x)
                : layer.forward(x, within));
  }

  private static Position passing(Variable x, float slope) {
    Tensor slopes = x.value().copy();
    for (int i = 0; i < slopes.size(); i++) {
      slopes.put(i, slopes.at(i) > 0 ? 1f : slope);
    }
    return other -> Arithmetic.multiply(other, Variable.constant(slopes));
  }

  private static Position taking(MaxPool2d pool, Variable x, Variable y) {
    int[] from = sources(pool.spec(), x.value(), y.value());
    Shape shape = y.shape();
    return other -> {
      Tensor taken = Tensor.zeros(shape);
      for (int i = 0; i < from.length; i++) {
        taken.put(i, other.value().at(from[i]));
      }
      return Variable.of(
          Operation.named("taken"), taken, other.pull(dy -> sentBack(dy, from, other.shape())));
    };
  }

  private static Tensor sentBack(Tensor dy, int[] to, Shape shape) {
    Tensor dx = Tensor.zeros(shape);
    for (int i = 0; i < to.length; i++) {
      dx.put(to[i], dx.at(to[i]) + dy.at(i));
    }
    return dx;
  }

  /** For each element of y its position in x: the first of the window that is as large. */
  private static int[] sources(PoolSpec spec, Tensor x, Tensor y) {
    int[] from = new int[y.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = source(spec, x, y, i);
    }
    return from;
  }

  private static int source(PoolSpec spec, Tensor x, Tensor y, int i) {
    int n = y.shape().dim(3);
    int width = y.shape().dim(2);
    int left = i / n % width * spec.strideW() - spec.padLeft();
    int top = i / (n * width) % y.shape().dim(1) * spec.strideH() - spec.padTop();
    int c = i / (n * width * y.shape().dim(1));
    for (int h = Math.max(0, top); h < Math.min(x.shape().dim(1), top + spec.kernelH()); h++) {
      for (int w = Math.max(0, left); w < Math.min(x.shape().dim(2), left + spec.kernelW()); w++) {
        int at = ((c * x.shape().dim(1) + h) * x.shape().dim(2) + w) * n + i % n;
        if (x.at(at) == y.at(i)) {
          return at;
        }
      }
    }
    throw new IllegalArgumentException("maximum pooling: a window holds what is not a number");
  }
}
