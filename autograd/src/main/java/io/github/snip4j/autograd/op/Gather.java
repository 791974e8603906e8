package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.internal.kernel.Maximum;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** Elements of a variable that are chosen by position: what a maximum is while it stays put. */
final class Gather {
  private Gather() {}

  /** The elements at these row-major positions of x, in a given shape. */
  private static Variable of(Variable x, int[] positions, Shape shape) {
    Tensor taken = Tensor.zeros(shape);
    for (int i = 0; i < positions.length; i++) {
      taken.put(i, x.value().at(positions[i]));
    }
    return Variable.of(
        Operation.linear("gather", v -> of(v, positions, shape), x),
        taken,
        x.pull(dy -> sentBack(dy, positions, x.shape())));
  }

  private static Tensor sentBack(Tensor dy, int[] to, Shape shape) {
    Tensor dx = Tensor.zeros(shape);
    for (int i = 0; i < to.length; i++) {
      dx.put(to[i], dx.at(to[i]) + dy.at(i));
    }
    return dx;
  }

  /** The elements of v where a maximum along an axis found the largest of its own input. */
  static Variable ofMaxima(Variable v, Maximum maximum, Shape shape) {
    return of(v, maximum.positions(), shape);
  }

  /**
   * The elements of v where maximum pooling found the largest of x: the first of each window that
   * is as large as y.
   */
  static Variable ofMaxima(Variable v, Tensor x, Tensor y, PoolSpec spec) {
    int[] from = new int[y.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = position(spec, x, y, i);
    }
    return of(v, from, y.shape());
  }

  private static int position(PoolSpec spec, Tensor x, Tensor y, int i) {
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
