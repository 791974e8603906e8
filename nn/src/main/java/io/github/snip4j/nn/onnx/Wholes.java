package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import java.util.Arrays;
import java.util.List;

/**
 * Whole numbers, each fixed + perExample N, where N is the size of the batch, which nobody knows
 * when a file is read: what exported graphs compute shapes with.
 */
@SuppressWarnings("ArrayRecordComponent") // plain data, never compared
record Wholes(int[] dims, long[] fixed, long[] perExample) implements Known {
  static Wholes of(int[] dims, long... fixed) {
    return new Wholes(dims, fixed, new long[fixed.length]);
  }

  /** The lengths of a value's axes. */
  static Wholes lengthsOf(Extent extent) {
    long[] lengths = Arrays.stream(extent.lengths()).asLongStream().toArray();
    long[] perExample = new long[lengths.length];
    if (extent.hasBatch()) {
      lengths[extent.batch()] = 0;
      perExample[extent.batch()] = 1;
    }
    return new Wholes(new int[] {lengths.length}, lengths, perExample);
  }

  /** Whether no number depends on the batch. */
  boolean isFixed() {
    return Arrays.stream(perExample).allMatch(n -> n == 0);
  }

  /** These numbers with one replaced. */
  Wholes with(int position, long number) {
    long[] a = fixed.clone();
    long[] b = perExample.clone();
    a[position] = number;
    b[position] = 0;
    return new Wholes(dims, a, b);
  }

  /** These numbers as the lengths of a value's axes. */
  Extent asLengths(Use use) throws BadFileException {
    int[] lengths = new int[size()];
    int batch = Extent.NONE;
    for (int axis = 0; axis < lengths.length; axis++) {
      boolean whole = perExample[axis] == 1 && fixed[axis] == 0 && batch == Extent.NONE;
      if (perExample[axis] != 0 && !whole) {
        throw use.bad("has a shape that depends on the batch in more than one axis");
      }
      batch = perExample[axis] != 0 ? axis : batch;
      lengths[axis] = axis == batch ? 1 : Reshapes.lengths(use, new long[] {fixed[axis]})[0];
    }
    return new Extent(lengths, batch);
  }

  @Override
  public Wholes pick(int[] positions, int[] newDims) {
    long[] a = new long[positions.length];
    long[] b = new long[positions.length];
    for (int i = 0; i < positions.length; i++) {
      a[i] = fixed[positions[i]];
      b[i] = perExample[positions[i]];
    }
    return new Wholes(newDims, a, b);
  }

  @Override
  public Wholes followedBy(List<Known> others, int[] newDims) {
    int size = size() + others.stream().mapToInt(Known::size).sum();
    long[] a = Arrays.copyOf(fixed, size);
    long[] b = Arrays.copyOf(perExample, size);
    int at = fixed.length;
    for (Known other : others) {
      if (!(other instanceof Wholes wholes)) {
        throw new IllegalArgumentException("whole numbers and other values in one array");
      }
      System.arraycopy(wholes.fixed, 0, a, at, wholes.fixed.length);
      System.arraycopy(wholes.perExample, 0, b, at, wholes.fixed.length);
      at += wholes.fixed.length;
    }
    return new Wholes(newDims, a, b);
  }

  @Override
  public Wholes reshaped(int[] newDims) {
    return new Wholes(newDims, fixed, perExample);
  }
}
