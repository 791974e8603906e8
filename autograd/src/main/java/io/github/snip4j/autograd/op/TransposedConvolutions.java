package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.conv.Filters;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Transposed convolutions of images, which enlarge them: the gradient of a convolution by its
 * input, taken as an operation of its own. The formula of the convolution is in {@link Filters}.
 */
public final class TransposedConvolutions {
  private TransposedConvolutions() {}

  /**
   * Each element of x, times the filters, added up where a convolution with this spec would have
   * read it from.
   *
   * @param x {@code [C, H, W, N]}
   * @param w {@code [C, O/groups, kH, kW]}: PyTorch's layout, the input's channels first
   * @param b {@code [O]}, or null for none
   * @param spec of the convolution that leads back, from y's size to x's
   * @param moreH rows at the end of y that this convolution does not read, less than the stride:
   *     PyTorch's {@code output_padding}
   * @param moreW columns, likewise
   * @return {@code [O, (H - 1) stride - padding + (kH - 1) dilation + 1 + moreH, likewise for W,
   *     N]}
   * @throws IllegalArgumentException if the shapes do not fit together, or nothing would come out
   */
  public static Variable conv2d(
      Variable x, Weight w, @Nullable Variable b, Conv2dSpec spec, int moreH, int moreW) {
    Shape shape = shape(x.shape(), w.shape(), b == null ? null : b.shape(), spec, moreH, moreW);
    Filters filters = Filters.of(w.structure(), w.values().value(), spec);
    Tensor enlarged = filters.inputGradient(x.value(), shape);
    Variable.Edge dx = x.pull(dy -> filters.forward(dy, null));
    Variable.Edge dw = w.values().pull(dy -> filters.weightGradient(x.value(), dy));
    Operation product =
        Operation.product(
                "transposed conv2d",
                (in, v, c) -> conv2d(in, w.with(v), c, spec, moreH, moreW),
                x,
                w.values(),
                b)
            .withRowsOfInputs();
    if (b == null) {
      return Variable.of(product, enlarged, dx, dw);
    }
    Shape channels = Shape.of(shape.dim(0), 1, 1, 1);
    return Variable.of(
        product,
        Broadcast.add(enlarged, b.value().reshape(channels)),
        dx,
        dw,
        b.pull(dy -> Broadcast.sumTo(dy, channels).reshape(b.shape())));
  }

  /**
   * {@link #conv2d(Variable, Weight, Variable, Conv2dSpec, int, int)} with filters that exist
   * whole.
   */
  public static Variable conv2d(
      Variable x, Variable w, @Nullable Variable b, Conv2dSpec spec, int moreH, int moreW) {
    return conv2d(x, Weight.of(w), b, spec, moreH, moreW);
  }

  private static Shape shape(
      Shape x, Shape w, @Nullable Shape b, Conv2dSpec spec, int moreH, int moreW) {
    String what =
        ("transposed conv2d: x " + x + ", w " + w + (b == null ? "" : ", b " + b))
            + (", groups " + spec.groups() + ": ");
    boolean fits = x.rank() == 4 && w.rank() == 4 && x.dim(0) == w.dim(0);
    if (!fits || x.dim(0) % spec.groups() != 0 || w.dim(2) < 1 || w.dim(3) < 1) {
      throw new IllegalArgumentException(
          what + "expected x [C, H, W, N], w [C, O/groups, kH, kW] and groups that divide C");
    }
    int channels = w.dim(1) * spec.groups();
    if (b != null && !b.equals(Shape.of(channels))) {
      throw new IllegalArgumentException(what + "expected b [" + channels + "]");
    }
    if (moreH < 0 || moreH >= spec.strideH() || moreW < 0 || moreW >= spec.strideW()) {
      throw new IllegalArgumentException(
          (what + moreH + " rows and " + moreW + " columns more: expected 0 or more, and less than")
              + (" the stride " + spec.strideH() + "x" + spec.strideW()));
    }
    int height =
        length(x.dim(1), spec.strideH(), w.dim(2), spec.dilationH(), moreH)
            - (spec.padTop() + spec.padBottom());
    int width =
        length(x.dim(2), spec.strideW(), w.dim(3), spec.dilationW(), moreW)
            - (spec.padLeft() + spec.padRight());
    if (x.dim(1) < 1 || x.dim(2) < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(what + "nothing is left of y, " + height + "x" + width);
    }
    return Shape.of(channels, height, width, x.dim(3));
  }

  private static int length(int in, int stride, int kernel, int dilation, int more) {
    return (in - 1) * stride + (kernel - 1) * dilation + 1 + more;
  }
}
