package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.op.Lookups;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import io.github.snip4j.nn.onnx.Value.Repeated;
import java.util.Arrays;
import java.util.Map;

/** Operators that take parts of a value along an axis. */
final class Cuts {
  private Cuts() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Slice", Cuts::slice);
    all.put("Split", Cuts::split);
    all.put("Gather", Cuts::gather);
  }

  /** A part of one axis of a value. */
  private static Value part(Use use, Value x, long given, long from, long to, long step)
      throws BadFileException {
    Extent extent = extentOf(use, x);
    int axis = use.axis(given, extent.rank());
    int length = extent.lengths()[axis];
    if (axis == extent.batch()) {
      if (from == 0 && to >= Integer.MAX_VALUE && step == 1) {
        return x; // all examples
      }
      throw use.bad("cuts the batch, " + extent + ": examples must not see each other");
    }
    if (step == 0) {
      throw use.bad("a step of 0");
    }
    int begin = bound(from, length, step < 0);
    int end = bound(to, length, step < 0);
    int count = (int) Math.max(0, ceilDiv((long) end - begin, step));
    if (x instanceof Repeated repeated) {
      return new Repeated(repeated.value(), repeated.dims().with(axis, count));
    }
    if (x instanceof Known known) {
      int[] at = new int[count];
      Arrays.setAll(at, i -> (int) (begin + i * step));
      return Rearrangements.take(known, axis, at);
    }
    return take(use, use.graph().toCompute(use, x), axis, begin, count, step);
  }

  private static long ceilDiv(long a, long b) {
    return -Math.floorDiv(-a, b);
  }

  private static Extent extentOf(Use use, Value x) throws BadFileException {
    if (x instanceof Repeated repeated) {
      return repeated.dims().asLengths(use);
    }
    return x instanceof Known known
        ? Extent.of(known.dims())
        : use.graph().toCompute(use, x).extent();
  }

  private static int bound(long at, int length, boolean backwards) {
    long from0 = at < 0 ? at + length : at;
    return backwards
        ? (int) Math.max(-1, Math.min(length - 1, from0))
        : (int) Math.max(0, Math.min(length, from0));
  }

  private static Computed take(Use use, Computed x, int axis, int begin, int count, long step)
      throws BadFileException {
    int[] lengths = x.extent().lengths().clone();
    lengths[axis] = count;
    Extent to = Extents.like(x.extent(), lengths);
    int here = x.extent().axis(axis);
    if (count == 0) {
      throw use.bad("leaves nothing of axis " + axis + " of " + x.extent());
    }
    if (step == 1) {
      return use.graph()
          .step(use, to, (in, n) -> Shapes.slice(in[0], here, begin, begin + count), x);
    }
    int[] at = new int[count];
    Arrays.setAll(at, i -> (int) (begin + i * step));
    return select(use, x, axis, at);
  }

  private static void slice(Use use) throws BadFileException {
    boolean attributes = use.hasAttribute("starts");
    long[] starts = attributes ? use.numbers("starts") : use.wholes(1);
    long[] ends = attributes ? use.numbers("ends") : use.ends(2);
    long[] axes = use.numbersOrInput("axes", 3);
    long[] steps = use.has(4) ? use.wholes(4) : null;
    Value x = use.input(0);
    if (ends.length != starts.length
        || (axes != null && axes.length != starts.length)
        || (steps != null && steps.length != starts.length)) {
      throw use.bad("starts, ends, axes and steps are not equally many");
    }
    for (int i = 0; i < starts.length; i++) {
      x =
          part(
              use, x, axes == null ? i : axes[i], starts[i], ends[i], steps == null ? 1 : steps[i]);
    }
    use.output(x);
  }

  private static void split(Use use) throws BadFileException {
    Value x = use.input(0);
    long axis = use.number("axis", 0);
    Extent extent = extentOf(use, x);
    int length = extent.lengths()[use.axis(axis, extent.rank())];
    long[] parts = use.numbersOrInput("split", 1);
    if (parts == null) {
      long each = ceilDiv(length, use.outputs());
      parts = new long[use.outputs()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = Math.max(0, Math.min(each, length - i * each));
      }
    }
    long begin = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] < 0 || begin + parts[i] > length) {
        throw use.bad("parts " + Arrays.toString(parts) + " of an axis of length " + length);
      }
      if (use.isUsed(i)) {
        use.output(i, part(use, x, axis, begin, begin + parts[i], 1));
      }
      begin += parts[i];
    }
    if (begin != length) {
      throw use.bad("parts " + Arrays.toString(parts) + " of an axis of length " + length);
    }
  }

  private static void gather(Use use) throws BadFileException {
    Value x = use.input(0);
    long given = use.number("axis", 0);
    if (!(use.input(1) instanceof Wholes indices) || !indices.isFixed()) {
      throw use.bad("the indices must be known beforehand");
    }
    if (indices.dims().length > 1) {
      throw use.bad(
          "indices with " + indices.dims().length + " axes: expected one index or a list");
    }
    Extent extent = extentOf(use, x);
    int axis = use.axis(given, extent.rank());
    int length = extent.lengths()[axis];
    int[] at = new int[indices.size()];
    for (int i = 0; i < at.length; i++) {
      long index = indices.fixed()[i];
      if (index < -length || index >= length) {
        throw use.bad("index " + index + " of an axis of length " + length);
      }
      at[i] = (int) (index < 0 ? index + length : index);
    }
    boolean one = indices.dims().length == 0;
    if (x instanceof Known known) {
      Known taken = Rearrangements.take(known, axis, at);
      use.output(one ? taken.reshaped(removed(taken.dims(), axis)) : taken);
      return;
    }
    use.exampleAxis(given, extent);
    Computed y = use.computed(0);
    boolean run = true;
    for (int i = 1; i < at.length; i++) {
      run &= at[i] == at[0] + i;
    }
    y = run ? take(use, y, axis, at[0], at.length, 1) : select(use, y, axis, at);
    if (one) {
      int batch = extent.batch() > axis ? extent.batch() - 1 : extent.batch();
      y = Reshapes.step(use, y, new Extent(removed(y.extent().lengths(), axis), batch));
    }
    use.output(y);
  }

  private static Computed select(Use use, Computed x, int axis, int[] at) throws BadFileException {
    int[] lengths = x.extent().lengths().clone();
    lengths[axis] = at.length;
    int here = x.extent().axis(axis);
    return use.graph()
        .step(
            use, Extents.like(x.extent(), lengths), (in, n) -> Lookups.select(in[0], here, at), x);
  }

  private static int[] removed(int[] dims, int axis) {
    int[] left = new int[dims.length - 1];
    System.arraycopy(dims, 0, left, 0, axis);
    System.arraycopy(dims, axis + 1, left, axis, left.length - axis);
    return left;
  }
}
