package io.github.snip4j.snip;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The exact sum of the signed sensitivities of many batches, whatever their order: the batches of a
 * dataset can be shared out among threads, programs or machines, each has a sum of its own, and all
 * of these merged have the same bits as one sum over all batches.
 *
 * <p>Sums of floats depend on their order, because each addition rounds. These are integers: g of a
 * batch times the number of its examples, in fixed point of 192 bits, with which every such product
 * is exact. Only {@link #mean} rounds. The batches themselves must be the same ones, because g of a
 * batch is rounded: cut a dataset between batches, and not within.
 *
 * <p>Other means over a batch's examples are summed likewise, by {@link #add(Map, double)}: those
 * of {@link io.github.snip4j.snip.criterion.BrainDamage#saliencies}; and for {@link
 * io.github.snip4j.snip.criterion.GradientFlow}, whose score is not a sum, first the gradients g of
 * {@link io.github.snip4j.snip.criterion.HessianProduct}, and when their mean is known, the
 * products H g.
 *
 * <p>It takes 24 bytes for each connection. Not thread-safe.
 */
public final class SensitivitySum {
  private static final String MAGIC = "snip4j sensitivity sum 1\n";
  private static final int MAX_COUNT = 1 << 29; // times a float of 24 bits: exact as a double
  private static final int GRAIN = 1 << 14;

  private final Map<String, Shape> shapes;
  private final Map<String, long[]> sums = new LinkedHashMap<>();
  private double bound; // a whole number that no |sum| exceeds, in whatever order they were added
  private long count;

  private SensitivitySum(Connections connections) {
    this.shapes = connections.eachOf(Parameter::shape);
    shapes.forEach(
        (name, shape) ->
            sums.put(name, new long[Math.multiplyExact(FixedPoint.LONGS, shape.size())]));
  }

  /** The sum over no batch. */
  public static SensitivitySum none(Connections connections) {
    return new SensitivitySum(connections);
  }

  /**
   * The sum over the batches of these connections.
   *
   * @param mode as for {@link ConnectionSensitivity#of(Connections, Batch, Pass.Mode)}
   */
  public static SensitivitySum over(Connections connections, Pass.Mode mode) {
    SensitivitySum sum = none(connections);
    connections.batches().forEach(batch -> sum.add(connections, batch, mode));
    return sum;
  }

  /**
   * Adds the sensitivities of one batch, which need not be among those of the connections.
   *
   * @param mode as for {@link ConnectionSensitivity#of(Connections, Batch, Pass.Mode)}
   */
  public void add(Connections connections, Batch batch, Pass.Mode mode) {
    double examples = connections.network().objective().count(batch.targets());
    Map<String, Tensor> g =
        PreservingStatistics.by(
            connections.network(), () -> ConnectionSensitivity.of(connections, batch, mode));
    add(g, examples);
  }

  /**
   * Adds the mean over some examples, as many times as there are examples.
   *
   * @param g by parameter name, not modified
   * @param examples how many; a whole number from 1 to 2²⁹
   * @throws IllegalArgumentException if a value is infinite or not a number, the sum could become
   *     4.4e12 or more, or the shapes are not those of the connections; the sum is then unchanged
   */
  public void add(Map<String, Tensor> g, double examples) {
    if (!(examples >= 1 && examples <= MAX_COUNT) || examples != Math.rint(examples)) {
      throw new IllegalArgumentException(
          "sum of sensitivities: " + examples + " examples: expected a whole number, 1 to 2^29");
    }
    Map<String, Shape> given = new LinkedHashMap<>();
    g.forEach((name, tensor) -> given.put(name, tensor.shape()));
    checkSame(given);
    double sum = bounded(Math.ceil(largest(g) * examples));
    long all = Math.addExact(count, (long) examples);
    g.forEach((name, tensor) -> add(numbers(name), tensor, examples));
    bound = sum;
    count = all;
  }

  private static void add(long[] numbers, Tensor g, double examples) {
    float[] values = g.data();
    int offset = g.offset();
    Parallel.forRange(
        g.size(),
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            FixedPoint.add(numbers, i, values[offset + i] * examples);
          }
        });
  }

  /** The largest magnitude. */
  private static double largest(Map<String, Tensor> g) {
    float largest = 0;
    for (Map.Entry<String, Tensor> entry : g.entrySet()) {
      float[] values = entry.getValue().data();
      int from = entry.getValue().offset();
      for (int i = from; i < from + entry.getValue().size(); i++) {
        float magnitude = Math.abs(values[i]);
        if (!(magnitude <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              ("sum of sensitivities: " + entry.getKey() + " at position " + (i - from) + " is ")
                  + (values[i] + ": expected finite weights and examples"));
        }
        largest = Math.max(largest, magnitude);
      }
    }
    return largest;
  }

  /** The bound with more, which is whole: such sums are exact, and the same in any order. */
  private double bounded(double more) {
    if (!(bound + more < FixedPoint.LIMIT)) {
      throw new IllegalArgumentException(
          ("sum of sensitivities: it could become " + (bound + more) + ", and there is room for")
              + " less than 4.4e12: expected weights and examples that give a smaller loss");
    }
    return bound + more;
  }

  /**
   * Adds what another sum has.
   *
   * @param other of the same connections, not modified
   * @throws IllegalArgumentException if it is of others, or the sum could become 4.4e12 or more
   */
  public void merge(SensitivitySum other) {
    checkSame(other.shapes);
    double sum = bounded(other.bound);
    count = Math.addExact(count, other.count);
    bound = sum;
    other.sums.forEach(
        (name, numbers) -> {
          long[] own = numbers(name);
          for (int i = 0; i < own.length / FixedPoint.LONGS; i++) {
            FixedPoint.add(own, i, numbers);
          }
        });
  }

  private long[] numbers(String name) {
    return Objects.requireNonNull(sums.get(name));
  }

  private void checkSame(Map<String, Shape> given) {
    if (!given.equals(shapes)) {
      throw new IllegalArgumentException(
          "sum of sensitivities: it is of " + shapes + ", and cannot take those of " + given);
    }
  }

  /** How many examples there are in it. */
  public long count() {
    return count;
  }

  /**
   * The sensitivities of the mean loss over all examples: what {@link Connections#scores} takes.
   * The exact sum is rounded to a double, divided, and rounded to a float.
   *
   * @return a new tensor for each parameter, in the network's order
   * @throws IllegalStateException if there are no examples
   */
  public Map<String, Tensor> mean() {
    if (count == 0) {
      throw new IllegalStateException("sum of sensitivities: no batch was added to it");
    }
    Map<String, Tensor> means = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> means.put(name, mean(shape, numbers(name))));
    return means;
  }

  private Tensor mean(Shape shape, long[] numbers) {
    Tensor mean = Tensor.zeros(shape);
    for (int i = 0; i < mean.size(); i++) {
      mean.put(i, (float) (FixedPoint.value(numbers, i) / count));
    }
    return mean;
  }

  /**
   * All of it, for {@link #ofBytes}: equal sums are equal bytes.
   *
   * @throws ArithmeticException if it would be 2 GiB or more: of 89 million connections
   */
  public byte[] toBytes() {
    byte[] head = head();
    long size = head.length + 2L * Long.BYTES;
    for (long[] numbers : sums.values()) {
      size += (long) numbers.length * Long.BYTES;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
    bytes.put(head).putLong(count).putDouble(bound);
    for (long[] numbers : sums.values()) {
      bytes.asLongBuffer().put(numbers);
      bytes.position(bytes.position() + numbers.length * Long.BYTES);
    }
    return bytes.array();
  }

  /** What the bytes begin with: the names and shapes of the connections. */
  private byte[] head() {
    return (MAGIC + shapes + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What {@link #toBytes} wrote.
   *
   * @param connections those of the same network
   * @param bytes not modified
   * @throws IllegalArgumentException if they are anything else, or of other connections
   */
  public static SensitivitySum ofBytes(Connections connections, byte[] bytes) {
    SensitivitySum sum = none(connections);
    byte[] head = sum.head();
    if (!Arrays.equals(head, Arrays.copyOf(bytes, head.length))) {
      throw wrong("they do not begin with the names and shapes of these connections");
    }
    long longs = sum.sums.values().stream().mapToLong(numbers -> numbers.length).sum();
    if (bytes.length != head.length + (2 + longs) * Long.BYTES) {
      throw wrong(bytes.length + " of them: expected " + (head.length + (2 + longs) * Long.BYTES));
    }
    ByteBuffer left = ByteBuffer.wrap(bytes).position(head.length);
    sum.count = left.getLong();
    sum.bound = left.getDouble();
    if (sum.count < 0 || !(sum.bound >= 0 && sum.bound < FixedPoint.LIMIT)) {
      throw wrong("they say " + sum.count + " examples, and values up to " + sum.bound);
    }
    for (Map.Entry<String, long[]> entry : sum.sums.entrySet()) {
      long[] numbers = entry.getValue();
      left.asLongBuffer().get(numbers);
      left.position(left.position() + numbers.length * Long.BYTES);
      if (!FixedPoint.areWithin(numbers, sum.bound)) {
        throw wrong("a value of " + entry.getKey() + " exceeds " + sum.bound);
      }
    }
    return sum;
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("bytes of a sum of sensitivities: " + what);
  }
}
