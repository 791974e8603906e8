package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Convolutions along sequences: those of images of one row. */
public final class SequenceConvolutions {
  private SequenceConvolutions() {}

  /**
   * Filters moved along sequences: y[o, l, n] = b[o] + Σ<sub>c, k</sub> w[o, c, 0, k] x[c, l stride
   * + k dilation - padding, n], c over the channels of o's group.
   *
   * @param x {@code [C, L, N]}
   * @param w {@code [O, C/groups, 1, K]}: PyTorch's with an axis of length 1
   * @param b {@code [O]}, or null for none
   * @return {@code [O, L_out, N]}
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public static Variable conv1d(Variable x, Weight w, @Nullable Variable b, Conv1dSpec spec) {
    Shape in = x.shape();
    if (in.rank() != 3 || w.shape().rank() != 4 || w.shape().dim(2) != 1) {
      throw new IllegalArgumentException(
          ("conv1d: x " + in + ", w " + w.shape())
              + ": expected x [C, L, N] and w [O, C/groups, 1, K]");
    }
    Variable images = Shapes.reshape(x, Shape.of(in.dim(0), 1, in.dim(1), in.dim(2)));
    Variable y = Convolutions.conv2d(images, w, b, spec.ofOneRow());
    return Shapes.reshape(y, Shape.of(y.shape().dim(0), y.shape().dim(2), y.shape().dim(3)));
  }

  /** {@link #conv1d(Variable, Weight, Variable, Conv1dSpec)} with filters that exist whole. */
  public static Variable conv1d(Variable x, Variable w, @Nullable Variable b, Conv1dSpec spec) {
    return conv1d(x, Weight.of(w), b, spec);
  }
}
