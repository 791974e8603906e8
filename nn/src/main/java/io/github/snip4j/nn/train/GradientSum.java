package io.github.snip4j.nn.train;

import io.github.snip4j.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the batches, or the parts of a batch, of one step add up to: the gradients of each times
 * what its mean is over, one after the other in one vector. Of a pruned network that holds what
 * exists, and no positions: a part that is computed elsewhere sends this and nothing else.
 *
 * <p>Sums of floats depend on their order. Added in the order of the parts' numbers they have the
 * same bits, wherever each part was computed. Not thread-safe.
 */
public final class GradientSum {
  private static final int HEADER = 2 * Double.BYTES + 2 * Integer.BYTES;

  private float[] values = {};
  private int size; // of them; 0: nothing was added yet
  private double count; // Σ of what the means are over
  private double losses; // Σ of the losses times that
  private int examples;

  /** The sum of nothing. */
  public GradientSum() {}

  /** Makes this the sum of nothing again. */
  public void clear() {
    size = 0;
    count = 0;
    losses = 0;
    examples = 0;
  }

  /**
   * Adds what follows: this becomes this + more.
   *
   * @param more not modified
   * @throws IllegalArgumentException if it is of another number of values
   */
  public void add(GradientSum more) {
    if (more.size > 0) {
      begin(more.size);
      if (count == 0) {
        System.arraycopy(more.values, 0, values, 0, size);
      } else {
        for (int i = 0; i < size; i++) {
          values[i] += more.values[i];
        }
      }
    }
    count(more.count, more.losses, more.examples);
  }

  /** Sees that there is room for so many values. */
  void begin(int length) {
    if (size != length) {
      if (count > 0) {
        throw new IllegalArgumentException(
            "gradients: " + length + " values to be added to " + size + ": expected as many");
      }
      values = values.length < length ? new float[length] : values;
      size = length;
    }
  }

  /**
   * Adds a tensor times a weight.
   *
   * @param at where its values are among all
   * @return where the next ones are
   */
  int add(Tensor tensor, double weight, int at) {
    float factor = (float) weight;
    float[] from = tensor.data();
    int shift = tensor.offset() - at;
    int to = at + tensor.size();
    if (count == 0) {
      for (int i = at; i < to; i++) {
        values[i] = factor * from[shift + i];
      }
    } else {
      for (int i = at; i < to; i++) {
        values[i] += factor * from[shift + i];
      }
    }
    return to;
  }

  /** Counts what the tensors were of, when all are added. */
  void count(double over, double loss, int those) {
    count += over;
    losses += loss;
    examples += those;
  }

  /**
   * Writes some of the values, each times a factor, into a tensor.
   *
   * @param at where they are among all
   * @return where the next ones are
   */
  int scaled(double factor, int at, Tensor into) {
    float by = (float) factor;
    float[] to = into.data();
    int shift = into.offset() - at;
    for (int i = at; i < at + into.size(); i++) {
      to[shift + i] = by * values[i];
    }
    return at + into.size();
  }

  /** How many values it has. */
  public int size() {
    return size;
  }

  /** What the mean of the losses is over, as the objective counts; 0 if nothing was added. */
  public double count() {
    return count;
  }

  /** The mean loss, without penalties; not a number if nothing was added. */
  public float loss() {
    return (float) (losses / count);
  }

  /** How many examples it is of. */
  public int examples() {
    return examples;
  }

  /** How many bytes {@link #write} writes. */
  public int bytes() {
    return bytes(size);
  }

  /** How many bytes a sum of so many values has at most. */
  public static int bytes(int size) {
    return Math.addExact(HEADER, Math.multiplyExact(Float.BYTES, size));
  }

  /**
   * Writes it, in the buffer's order of bytes.
   *
   * @param to with room for {@link #bytes}
   */
  public void write(ByteBuffer to) {
    to.putDouble(count).putDouble(losses).putInt(examples).putInt(size);
    to.asFloatBuffer().put(values, 0, size);
    to.position(to.position() + Float.BYTES * size);
  }

  /**
   * Becomes what was written.
   *
   * @param most values that are expected: a number of values that comes from elsewhere is not
   *     trusted
   * @throws IllegalArgumentException if it is anything else
   */
  public void read(ByteBuffer from, int most) {
    clear();
    if (from.remaining() < HEADER) {
      throw new IllegalArgumentException("gradients: " + from.remaining() + " bytes: cut short");
    }
    double over = from.getDouble();
    double loss = from.getDouble();
    int those = from.getInt();
    int length = from.getInt();
    if (length < 0 || length > most || from.remaining() != (long) Float.BYTES * length) {
      throw new IllegalArgumentException(
          ("gradients: " + length + " values in " + from.remaining() + " bytes: expected ")
              + (most + " at most"));
    }
    if (!(over >= 0 && over <= Double.MAX_VALUE) || those < 0 || (length == 0) != (over == 0)) {
      throw new IllegalArgumentException(
          "gradients: " + length + " values of " + those + " examples that count " + over);
    }
    begin(length);
    from.asFloatBuffer().get(values, 0, length);
    from.position(from.limit());
    count(over, loss, those);
  }

  /** A copy of the values. */
  public float[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
