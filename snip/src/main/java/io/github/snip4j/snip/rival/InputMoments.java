package io.github.snip4j.snip.rival;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * H = 1/n Σ y yᵀ of one layer, in double: the second moments of what a unit of it sees. y is the
 * input of a fully connected layer or a patch of the images of a convolution, with a 1 for the bias
 * where there is one. All units see the same; in a convolution in groups all of a group.
 *
 * <p>It is the Hessian of the layer's error 1/(2n) Σ (ẑ - z)² by the weights of any one unit.
 */
final class InputMoments {
  private static final int MOST_INPUTS = 10_000; // H is then of 800 MB
  private static final int ROWS = 16; // of H per piece of work

  private final Parameter weight;
  private final boolean biased;
  private final int size; // of y
  private final int groups;
  private final Conv2dSpec spec; // of a convolution
  private final double[][] sums; // by group, the lower triangle
  private long count;

  /**
   * Nothing is added yet.
   *
   * @throws IllegalArgumentException if a unit has so many inputs that H would not fit
   */
  InputMoments(Layer layer) {
    List<Parameter> parameters = layer.parameters();
    weight = parameters.get(0);
    biased = parameters.size() > 1;
    spec = isConvolution() ? layer.describe().conv() : Conv2dSpec.VALID;
    groups = spec.groups();
    size = weight.size() / Math.max(1, weight.shape().dim(0)) + (biased ? 1 : 0);
    if (size > MOST_INPUTS) {
      throw new IllegalArgumentException(
          ("L-OBS: each unit of " + layer.name() + " has " + size + " weights, and their Hessian")
              + (" would not fit: expected at most " + MOST_INPUTS));
    }
    sums = new double[groups][size * size];
  }

  private boolean isConvolution() {
    return weight.shape().rank() > 2;
  }

  /** The length of y. */
  int size() {
    return size;
  }

  /** The group that a unit belongs to. */
  int group(int unit) {
    return unit / (weight.shape().dim(0) / groups);
  }

  int groups() {
    return groups;
  }

  /** Adds what the units see of an input, {@code [in, N]} or {@code [C, H, W, N]}. */
  void add(Tensor x) {
    int n = x.shape().dim(-1);
    double[] rows = new double[n * size];
    if (!isConvolution()) {
      for (int i = 0; i < x.shape().dim(0); i++) {
        fill(rows, i, x, i * n, n);
      }
      finish(rows, n, 0);
      count += n;
      return;
    }
    Shape filters = weight.shape();
    int height = spec.outputHeight(x.shape().dim(1), filters.dim(2));
    int width = spec.outputWidth(x.shape().dim(2), filters.dim(3));
    for (int place = 0; place < height * width; place++) {
      for (int group = 0; group < groups; group++) {
        patch(rows, x, group, place / width, place % width);
        finish(rows, n, group);
      }
      count += n;
    }
  }

  /** The patches of all examples at one place of the output. */
  private void patch(double[] rows, Tensor x, int group, int h, int w) {
    Shape filters = weight.shape();
    int n = x.shape().dim(-1);
    int k = 0;
    for (int c = 0; c < filters.dim(1); c++) {
      for (int i = 0; i < filters.dim(2); i++) {
        for (int j = 0; j < filters.dim(3); j++, k++) {
          int row = h * spec.strideH() + i * spec.dilationH() - spec.padTop();
          int column = w * spec.strideW() + j * spec.dilationW() - spec.padLeft();
          boolean inside =
              row >= 0 && row < x.shape().dim(1) && column >= 0 && column < x.shape().dim(2);
          int channel = group * filters.dim(1) + c;
          int at = ((channel * x.shape().dim(1) + row) * x.shape().dim(2) + column) * n;
          fill(rows, k, inside ? x : null, at, n);
        }
      }
    }
  }

  /** Element k of the y of all examples; 0 where there is no x. */
  private void fill(double[] rows, int k, @Nullable Tensor x, int at, int n) {
    for (int e = 0; e < n; e++) {
      rows[e * size + k] = x == null ? 0 : x.at(at + e);
    }
  }

  private void finish(double[] rows, int n, int group) {
    for (int e = 0; biased && e < n; e++) {
      rows[e * size + size - 1] = 1;
    }
    double[] sum = sums[group];
    Parallel.forRange(size, ROWS, (from, to) -> addProducts(sum, rows, n, from, to));
  }

  /** Rows from .. to-1 of the sum of y yᵀ: always in the order of the examples. */
  private void addProducts(double[] sum, double[] rows, int n, int from, int to) {
    for (int e = 0; e < n; e++) {
      int y = e * size;
      for (int i = from; i < to; i++) {
        double factor = rows[y + i];
        if (factor != 0) {
          int at = i * size;
          for (int j = 0; j <= i; j++) {
            sum[at + j] += factor * rows[y + j];
          }
        }
      }
    }
  }

  /** H + damping I of a group, {@code [size, size]}, both triangles. */
  double[] hessian(int group, double damping) {
    double[] h = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double mean = sums[group][i * size + j] / count + (i == j ? damping : 0);
        h[i * size + j] = mean;
        h[j * size + i] = mean;
      }
    }
    return h;
  }
}
