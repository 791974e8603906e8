package io.github.snip4j.core.data;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** N examples with their labels; the batch is the last axis. */
public final class Batch {
  private final Tensor x;
  private final int[] labels;

  /**
   * A batch over these arrays, which it shares.
   *
   * @param x {@code [example axes ..., N]}
   * @param labels the class of each example
   * @throws IllegalArgumentException if there is not one label for each example
   */
  public Batch(Tensor x, int[] labels) {
    if (x.shape().rank() == 0 || x.shape().dim(-1) != labels.length) {
      throw new IllegalArgumentException(
          "batch: "
              + x.shape()
              + " with "
              + labels.length
              + " labels: the last axis must be "
              + "the number of labels");
    }
    this.x = x;
    this.labels = labels;
  }

  /**
   * A batch from the layout of PyTorch and NumPy, examples first: the one place where activations
   * are transposed.
   *
   * @param x {@code [N, example axes ...]}, as {@code [N, C, H, W]}, or with all axes of an example
   *     in one, as {@code [N, C H W]}; not modified
   * @param example the shape of one example, {@code [C, H, W]}
   * @throws IllegalArgumentException if x has another shape, were it of the same size, or the
   *     number of labels differs
   */
  public static Batch fromExamplesFirst(Tensor x, Shape example, int[] labels) {
    int n = labels.length;
    ExampleLayout.check(x.shape(), example, n);
    Tensor last = Tensor.zeros(example.append(n));
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < example.size(); p++) {
        last.put(p * n + i, x.at(i * example.size() + p));
      }
    }
    return new Batch(last, labels);
  }

  /** The examples, {@code [example axes ..., N]}. */
  public Tensor x() {
    return x;
  }

  /** The class of each example, shared. */
  public int[] labels() {
    return labels;
  }

  /** N. */
  public int size() {
    return labels.length;
  }
}
