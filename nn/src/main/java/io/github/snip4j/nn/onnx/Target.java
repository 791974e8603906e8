package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import java.util.Arrays;

/**
 * What a reshape leads to: which axis of the target the batch is, and how long the others are.
 *
 * <p>A file that was exported for a batch of a fixed size has that number where the batch is; such
 * a place is the batch if the rest then fits.
 */
final class Target {
  private final Use use;
  private final Extent from;
  private final int[] lengths; // -1: what is left
  private int batch = Extent.NONE;

  /**
   * @param zeroCopies whether 0 stands for the length that this axis had
   */
  Target(Use use, Extent from, Wholes target, boolean zeroCopies) throws BadFileException {
    this.use = use;
    this.from = from;
    this.lengths = new int[target.size()];
    for (int axis = 0; axis < lengths.length; axis++) {
      long fixed = target.fixed()[axis];
      long perExample = target.perExample()[axis];
      boolean copied = fixed == 0 && perExample == 0 && zeroCopies;
      if (copied && axis >= from.rank()) {
        throw use.bad("copies the length of axis " + axis + " of " + from);
      }
      if (perExample != 0 || (copied && axis == from.batch())) {
        boolean alone = perExample <= 1 && fixed == 0 && batch == Extent.NONE;
        if (!alone || !from.hasBatch()) {
          throw merges(target);
        }
        batch = axis;
        lengths[axis] = 1;
      } else {
        lengths[axis] = copied ? from.lengths()[axis] : checked(fixed);
      }
    }
    if (from.hasBatch() && batch == Extent.NONE) {
      batch = guess();
      if (batch == Extent.NONE) {
        throw merges(target);
      }
      lengths[batch] = 1;
    }
    infer();
    if (!fits(lengths, batch)) {
      throw from.hasBatch() && new Extent(lengths, batch).size() == from.size()
          ? merges(target)
          : use.bad(from + " cannot become " + new Extent(lengths, batch));
    }
  }

  Extent extent() {
    return new Extent(lengths, batch);
  }

  private int checked(long length) throws BadFileException {
    if (length < -1 || length > Integer.MAX_VALUE) {
      throw use.bad("an axis of length " + length);
    }
    return (int) length;
  }

  private BadFileException merges(Wholes target) {
    return use.bad(
        ("from " + from + " to " + Arrays.toString(target.fixed()))
            + " merges the batch with other axes, or moves it; keep the batch as an axis of its own");
  }

  /** Which axis is the batch where none is marked: the one that was, else any that fits. */
  private int guess() {
    if (couldBeBatch(from.batch())) {
      return from.batch();
    }
    for (int axis = 0; axis < lengths.length; axis++) {
      if (couldBeBatch(axis)) {
        return axis;
      }
    }
    return Extent.NONE;
  }

  private boolean couldBeBatch(int axis) {
    if (axis >= lengths.length
        || (lengths[axis] != -1 && lengths[axis] != use.graph().declaredBatch())) {
      return false;
    }
    int[] rest = lengths.clone();
    rest[axis] = 1;
    long known = product(rest);
    int open = indexOf(rest, -1);
    if (open >= 0) {
      if (known == 0 || from.size() % known != 0) {
        return false;
      }
      rest[open] = (int) (from.size() / known);
    }
    return fits(rest, axis);
  }

  private boolean fits(int[] rest, int axis) {
    Extent to = new Extent(rest, axis);
    return to.size() == from.size() && (!from.hasBatch() || to.beforeBatch() == from.beforeBatch());
  }

  private void infer() throws BadFileException {
    int open = indexOf(lengths, -1);
    if (open < 0) {
      return;
    }
    long known = product(lengths);
    if (known == 0 || from.size() % known != 0) {
      throw use.bad(from + " cannot become " + Arrays.toString(lengths));
    }
    lengths[open] = (int) (from.size() / known);
    if (indexOf(lengths, -1) >= 0) {
      throw use.bad("two axes of unknown length");
    }
  }

  /** Of those that are known. */
  private static long product(int[] lengths) {
    long product = 1;
    for (int length : lengths) {
      product = Math.multiplyExact(product, length == -1 ? 1L : length);
    }
    return product;
  }

  private static int indexOf(int[] lengths, int length) {
    for (int axis = 0; axis < lengths.length; axis++) {
      if (lengths[axis] == length) {
        return axis;
      }
    }
    return -1;
  }
}
