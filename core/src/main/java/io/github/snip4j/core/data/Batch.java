package io.github.snip4j.core.data;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/** N examples with what is to come out for them; the batch is the last axis. */
public final class Batch {
  private final Tensor x;
  private final Targets targets;

  /**
   * A batch over these arrays, which it shares.
   *
   * @param x {@code [example axes ..., N]}
   * @param labels the class of each example
   * @throws IllegalArgumentException if there is not one label for each example
   */
  public Batch(Tensor x, int[] labels) {
    this(x, Targets.labels(labels));
  }

  /**
   * A batch over this tensor and these targets, which it shares.
   *
   * @param x {@code [example axes ..., N]}
   * @throws IllegalArgumentException if the targets are of another number of examples
   */
  public Batch(Tensor x, Targets targets) {
    if (x.shape().rank() == 0 || x.shape().dim(-1) != targets.examples()) {
      throw new IllegalArgumentException(
          ("batch: " + x.shape() + " with " + targets.examples())
              + ((targets.areLabels() ? " labels" : " targets") + ": the last axis must be ")
              + ("the number of " + (targets.areLabels() ? "labels" : "targets")));
    }
    this.x = x;
    this.targets = targets;
  }

  /**
   * A batch of rows.
   *
   * @param examples a row for each example, all as long; copied
   * @param labels the class of each example; copied
   * @return {@code [length of a row, N]}
   * @throws IllegalArgumentException if rows and labels do not fit, or a number is not finite
   */
  public static Batch ofExamples(float[][] examples, int... labels) {
    return Batches.of(examples, labels).all();
  }

  /**
   * A batch of rows with rows of numbers to come out; errors as {@link #ofExamples(float[][],
   * int...)}.
   *
   * @return {@code [length of a row, N]}
   */
  public static Batch ofExamples(float[][] examples, float[][] targets) {
    return Batches.of(examples, targets).all();
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

  /** What is to come out, shared. */
  public Targets targets() {
    return targets;
  }

  /**
   * The class of each example, shared.
   *
   * @throws IllegalArgumentException if the targets are numbers
   */
  public int[] labels() {
    return targets.labels();
  }

  /**
   * One example and its targets, copied, as a batch of one.
   *
   * @param n from 0 on
   */
  public Batch example(int n) {
    return new Batch(Batches.columns(x, new int[] {n}), targets.example(n));
  }

  /**
   * One of several parts of this batch, copied: its examples in their order, cut into parts that
   * differ by one example at most. Of more parts than examples some are without examples.
   *
   * @param number of the part, from 0 on
   * @param parts how many there are
   * @throws IllegalArgumentException if there is no such part
   */
  public Batch part(int number, int parts) {
    if (number < 0 || number >= parts) {
      throw new IllegalArgumentException(
          "batch: part " + number + " of " + parts + ": they are counted from 0");
    }
    int from = partBegins(size(), number, parts);
    int to = partBegins(size(), number + 1, parts);
    return new Batch(Batches.columns(x, from, to), targets.between(from, to));
  }

  /**
   * Where a {@link #part} of a batch begins.
   *
   * @param size of the batch
   */
  public static int partBegins(int size, int number, int parts) {
    return (int) ((long) size * number / parts);
  }

  /** N. */
  public int size() {
    return targets.examples();
  }
}
