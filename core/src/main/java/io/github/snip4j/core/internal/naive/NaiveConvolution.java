package io.github.snip4j.core.internal.naive;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution and its gradients as they are defined. All three are the same sum of products, over
 * the same terms: y += w x, ∂L/∂x += w ∂L/∂y, ∂L/∂w += x ∂L/∂y.
 *
 * <p>Shapes: x {@code [C, H, W, N]}, w {@code [O, C/groups, kH, kW]}, b {@code [O]}, y {@code [O,
 * H_out, W_out, N]}. They are not checked.
 */
public final class NaiveConvolution {
  private NaiveConvolution() {}

  /** One product: the positions of its output, its weight and its input. */
  @FunctionalInterface
  private interface Term {
    void at(int y, int w, int x);
  }

  /** y: the filters moved over x. */
  public static Tensor forward(Tensor x, Tensor w, @Nullable Tensor bias, Conv2dSpec spec) {
    Shape shape = outputShape(x.shape(), w.shape(), spec);
    double[] y = new double[shape.size()];
    for (int i = 0; i < y.length && bias != null; i++) {
      y[i] = bias.at(i / (y.length / bias.size()));
    }
    forEachTerm(x.shape(), w.shape(), spec, (o, k, i) -> y[o] += (double) w.at(k) * x.at(i));
    return NaiveSums.tensor(shape, y);
  }

  /** ∂L/∂x from dy = ∂L/∂y. */
  public static Tensor inputGradient(Tensor dy, Tensor w, Shape x, Conv2dSpec spec) {
    double[] dx = new double[x.size()];
    forEachTerm(x, w.shape(), spec, (o, k, i) -> dx[i] += (double) w.at(k) * dy.at(o));
    return NaiveSums.tensor(x, dx);
  }

  /** ∂L/∂w from dy = ∂L/∂y. */
  public static Tensor weightGradient(Tensor dy, Tensor x, Shape w, Conv2dSpec spec) {
    double[] dw = new double[w.size()];
    forEachTerm(x.shape(), w, spec, (o, k, i) -> dw[k] += (double) x.at(i) * dy.at(o));
    return NaiveSums.tensor(w, dw);
  }

  /** For every output, every weight of its filter and the input that this weight sees there. */
  private static void forEachTerm(Shape x, Shape w, Conv2dSpec s, Term term) {
    Shape y = outputShape(x, w, s);
    int filtersPerGroup = w.dim(0) / s.groups();
    for (int o = 0; o < y.dim(0); o++) {
      for (int h = 0; h < y.dim(1); h++) {
        for (int v = 0; v < y.dim(2); v++) {
          for (int c = 0; c < w.dim(1); c++) {
            for (int i = 0; i < w.dim(2); i++) {
              for (int j = 0; j < w.dim(3); j++) {
                int channel = o / filtersPerGroup * w.dim(1) + c;
                int row = h * s.strideH() + i * s.dilationH() - s.padTop();
                int column = v * s.strideW() + j * s.dilationW() - s.padLeft();
                if (row < 0 || row >= x.dim(1) || column < 0 || column >= x.dim(2)) {
                  continue; // padding: a zero
                }
                for (int n = 0; n < x.dim(3); n++) {
                  term.at(
                      position(y, o, h, v, n),
                      position(w, o, c, i, j),
                      position(x, channel, row, column, n));
                }
              }
            }
          }
        }
      }
    }
  }

  private static int position(Shape s, int i, int j, int k, int l) {
    return ((i * s.dim(1) + j) * s.dim(2) + k) * s.dim(3) + l;
  }

  private static Shape outputShape(Shape x, Shape w, Conv2dSpec s) {
    int height = s.outputHeight(x.dim(1), w.dim(2));
    return Shape.of(w.dim(0), height, s.outputWidth(x.dim(2), w.dim(3)), x.dim(3));
  }
}
