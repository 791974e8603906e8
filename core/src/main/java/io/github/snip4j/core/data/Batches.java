package io.github.snip4j.core.data;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Examples that lie in memory, and the batches made of them. Immutable; several threads may use it.
 *
 * <pre>{@code
 * Batches.Split parts = Batches.of(x, y).split(0.2, new Seed(1));
 * Standardization scale = parts.rest().standardization();
 * BatchSource train = parts.rest().standardized(scale).shuffled(32, new Seed(1));
 * BatchSource test = parts.part().standardized(scale).inOrder(100);
 * }</pre>
 */
public final class Batches {
  private final Tensor x; // [example axes ..., all]
  private final Targets targets;
  private final int[] rows; // which of all, in order

  private Batches(Tensor x, Targets targets, int[] rows) {
    this.x = x;
    this.targets = targets;
    this.rows = rows;
  }

  /**
   * Two parts of the same examples, without an example in common.
   *
   * @param part the share that was asked for
   * @param rest the others
   */
  public record Split(Batches part, Batches rest) {}

  /**
   * Examples with a label each; copied.
   *
   * @param x a row for each example, all as long
   * @param labels of 0 or more
   * @throws IllegalArgumentException if rows or labels do not fit, a number is infinite or NaN, or
   *     there is no example
   */
  public static Batches of(float[][] x, int... labels) {
    return of(columns("x", x, labels.length), Targets.labels(labels.clone()));
  }

  /**
   * Examples with numbers to come out for each; copied.
   *
   * @param x a row for each example, all as long
   * @param y a row for each example, all as long
   * @throws IllegalArgumentException if the rows do not fit, a number is infinite or NaN, or there
   *     is no example
   */
  public static Batches of(float[][] x, float[][] y) {
    return of(columns("x", x, y.length), Targets.values(columns("y", y, y.length)));
  }

  /**
   * Examples of any shape; shared.
   *
   * @param x {@code [example axes ..., N]}
   * @throws IllegalArgumentException if the targets are of another number of examples, or of none
   */
  public static Batches of(Tensor x, Targets targets) {
    Batch all = new Batch(x, targets);
    if (all.size() == 0) {
      throw new IllegalArgumentException("batches: no examples: expected one or more");
    }
    int[] rows = new int[all.size()];
    Arrays.setAll(rows, i -> i);
    return new Batches(x, targets, rows);
  }

  private static Tensor columns(String name, float[][] rows, int expected) {
    if (rows.length != expected || rows.length == 0) {
      throw new IllegalArgumentException(
          ("batches: " + rows.length + " rows of x and " + expected + " of y:")
              + " expected as many, and one or more");
    }
    Tensor columns = Tensor.zeros(Shape.of(rows[0].length, rows.length));
    for (int n = 0; n < rows.length; n++) {
      if (rows[n].length != rows[0].length) {
        throw new IllegalArgumentException(
            ("batches: row " + n + " of " + name + " has " + rows[n].length + " numbers:")
                + (" expected " + rows[0].length + ", as row 0"));
      }
      for (int k = 0; k < rows[n].length; k++) {
        if (!Float.isFinite(rows[n][k])) {
          throw new IllegalArgumentException(
              ("batches: row " + n + " of " + name + " has " + rows[n][k] + " in column " + k)
                  + ": expected finite numbers");
        }
        columns.put(k * rows.length + n, rows[n][k]);
      }
    }
    return columns;
  }

  /** The number of examples. */
  public int size() {
    return rows.length;
  }

  /** The shape of one example. */
  public Shape example() {
    return x.shape().dropLast();
  }

  /**
   * Two parts, which examples are drawn into by seed.
   *
   * @param share of the first part, rounded to whole examples
   * @throws IllegalArgumentException if a part would have no example
   */
  public Split split(double share, Seed seed) {
    int count = (int) Math.round(share * size());
    if (count < 1 || count >= size()) {
      throw new IllegalArgumentException(
          ("split: a share of " + share + " is " + count + " of " + size() + " examples:")
              + " expected one or more in both parts");
    }
    int[] order = seed.permutation(size());
    return new Split(
        chosen(Arrays.copyOf(order, count)), chosen(Arrays.copyOfRange(order, count, size())));
  }

  private Batches chosen(int[] places) {
    int[] those = new int[places.length];
    Arrays.setAll(those, i -> rows[places[i]]);
    return new Batches(x, targets, those);
  }

  /** How the features of these examples are brought to mean 0 and deviation 1. */
  public Standardization standardization() {
    return Standardization.of(batch(rows).x());
  }

  /**
   * These examples, standardised.
   *
   * @throws IllegalArgumentException if the features are not as many
   */
  public Batches standardized(Standardization by) {
    Batch own = batch(rows);
    if (by.mean().size() != example().dim(0)) {
      throw new IllegalArgumentException(
          ("standardization of " + by.mean().size() + " features: the examples are ") + example());
    }
    int each = own.x().size() / by.mean().size();
    Tensor z = own.x();
    for (int i = 0; i < z.size(); i++) {
      z.put(i, (z.at(i) - by.mean().get(i / each)) / by.deviation().get(i / each));
    }
    return of(z, own.targets());
  }

  /** All examples as one batch, copied. */
  public Batch all() {
    return batch(rows);
  }

  /**
   * Some examples without repetition, a pure function of the seed.
   *
   * @throws IllegalArgumentException if the batch size is not in 1 .. {@link #size()}
   */
  public Batch sample(int batchSize, Seed seed) {
    checkBatch(batchSize);
    return chosen(Arrays.copyOf(seed.permutation(size()), batchSize)).all();
  }

  /** Epochs in a fixed order, for evaluation; errors as {@link #sample}. */
  public BatchSource inOrder(int batchSize) {
    return source(batchSize, epoch -> rows);
  }

  /**
   * Epochs without repetition, each in an order of its own, for training; errors as {@link
   * #sample}.
   */
  public BatchSource shuffled(int batchSize, Seed seed) {
    return source(batchSize, epoch -> chosen(seed.child(epoch).permutation(size())).rows);
  }

  private BatchSource source(int batchSize, LongFunction<int[]> order) {
    checkBatch(batchSize);
    return new Source(this, batchSize, order);
  }

  /** Cuts each epoch's order into batches; keeps the order of the epoch asked for last. */
  private static final class Source implements BatchSource {
    private final Batches batches;
    private final int batchSize;
    private final LongFunction<int[]> order;
    private volatile Epoch last;

    private static final class Epoch {
      final long number;
      final int[] rows;

      Epoch(long number, int[] rows) {
        this.number = number;
        this.rows = rows;
      }
    }

    Source(Batches batches, int batchSize, LongFunction<int[]> order) {
      this.batches = batches;
      this.batchSize = batchSize;
      this.order = order;
      this.last = new Epoch(0, order.apply(0));
    }

    @Override
    public Batch at(long step) {
      long number = step / batchesPerEpoch();
      Epoch epoch = last;
      if (epoch.number != number) {
        epoch = new Epoch(number, order.apply(number));
        last = epoch;
      }
      int from = (int) (step % batchesPerEpoch()) * batchSize;
      int to = Math.min(batches.size(), from + batchSize);
      return batches.batch(Arrays.copyOfRange(epoch.rows, from, to));
    }

    @Override
    public int batchesPerEpoch() {
      return (batches.size() - 1) / batchSize + 1;
    }
  }

  private void checkBatch(int batchSize) {
    if (batchSize < 1 || batchSize > size()) {
      throw new IllegalArgumentException(
          "batch size " + batchSize + ": expected 1 to " + size() + ", the number of examples");
    }
  }

  private Batch batch(int[] those) {
    return new Batch(columns(x, those), targets.chosen(those));
  }

  /** Some columns of a tensor whose last axis is that of the examples. */
  static Tensor columns(Tensor from, int[] those) {
    int all = from.shape().dim(-1);
    Tensor columns = Tensor.zeros(from.shape().dropLast().append(those.length));
    int rows = from.size() / Math.max(1, all);
    for (int k = 0; k < rows; k++) {
      for (int n = 0; n < those.length; n++) {
        columns.put(k * those.length + n, from.at(k * all + those[n]));
      }
    }
    return columns;
  }

  /** Neighbouring columns of a tensor whose last axis is that of the examples. */
  static Tensor columns(Tensor all, int from, int to) {
    int n = all.shape().dim(-1);
    Tensor columns = Tensor.uninitialized(all.shape().dropLast().append(to - from));
    int rows = all.size() / Math.max(1, n);
    for (int k = 0; k < rows; k++) {
      System.arraycopy(
          all.data(),
          all.offset() + k * n + from,
          columns.data(),
          columns.offset() + k * (to - from),
          to - from);
    }
    return columns;
  }
}
