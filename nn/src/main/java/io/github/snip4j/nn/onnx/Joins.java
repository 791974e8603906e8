package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Operators that put values side by side along an axis, and zeros around them. */
final class Joins {
  private Joins() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Concat", Joins::concat);
    all.put("Pad", Joins::pad);
  }

  private static void concat(Use use) throws BadFileException {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < use.inputs(); i++) {
      inputs.add(use.input(i));
    }
    if (inputs.isEmpty()) {
      throw use.bad("has no inputs");
    }
    long given = use.number("axis", 1);
    if (inputs.stream().allMatch(Known.class::isInstance)) {
      use.output(joined(use, inputs.stream().map(Known.class::cast).toList(), given));
      return;
    }
    Computed[] parts = new Computed[inputs.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = use.examples(i);
    }
    Extent first = parts[0].extent();
    int axis = use.axis(given, first.rank());
    int here = use.exampleAxis(given, first);
    int[] lengths = first.lengths().clone();
    lengths[axis] = 0;
    for (Computed part : parts) {
      int[] other = part.extent().lengths().clone();
      if (other.length == lengths.length) {
        lengths[axis] = Math.addExact(lengths[axis], other[axis]);
        other[axis] = lengths[axis];
      }
      if (!Arrays.equals(other, lengths) || part.extent().batch() != first.batch()) {
        throw use.bad(part.extent() + " beside " + first + " along axis " + axis);
      }
    }
    use.output(
        use.graph()
            .step(
                use,
                Extents.like(first, lengths),
                (in, batch) -> Shapes.concatenate(List.of(in), here),
                parts));
  }

  private static Known joined(Use use, List<Known> parts, long given) throws BadFileException {
    Known first = parts.get(0);
    int axis = use.axis(given, first.dims().length);
    int[] dims = first.dims().clone();
    dims[axis] = 0;
    for (Known part : parts) {
      int[] other = part.dims().clone();
      if (other.length == dims.length) {
        dims[axis] = Math.addExact(dims[axis], other[axis]);
        other[axis] = dims[axis];
      }
      if (!Arrays.equals(other, dims)) {
        throw use.bad(Arrays.toString(part.dims()) + " beside " + Arrays.toString(first.dims()));
      }
    }
    use.graph().affordable(use, dims);
    Known row = first.followedBy(parts.subList(1, parts.size()), dims);
    int[][] partDims = parts.stream().map(Known::dims).toArray(int[][]::new);
    return axis == 0 ? row : row.pick(Rearrangements.interleave(partDims, axis, dims), dims);
  }

  private static void pad(Use use) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    long[] pads = use.hasAttribute("pads") ? use.numbers("pads") : use.wholes(1);
    if (use.has(3)) {
      pads = ofAllAxes(use, pads, use.wholes(3), extent.rank());
    }
    String mode = use.text("mode", "constant");
    if (pads.length != 2 * extent.rank()) {
      throw use.bad(pads.length + " numbers for " + extent + ": expected two for each axis");
    }
    if (Arrays.stream(pads).allMatch(p -> p == 0)) {
      use.output(x);
      return;
    }
    float value = use.has(2) ? use.real(2) : use.real("value", 0);
    if (!mode.equals("constant") || value != 0) {
      throw use.bad("pads with mode " + mode + ", value " + value + ": expected zeros");
    }
    int[] before = new int[extent.rank()];
    int[] after = new int[extent.rank()];
    int[] lengths = extent.lengths().clone();
    for (int axis = 0; axis < extent.rank(); axis++) {
      int low = Math.toIntExact(pads[axis]);
      int high = Math.toIntExact(pads[axis + extent.rank()]);
      if (axis == extent.batch()) {
        if (low != 0 || high != 0) {
          throw use.bad("pads the batch");
        }
        continue;
      }
      before[extent.axis(axis)] = low;
      after[extent.axis(axis)] = high;
      if (low < 0 || high < 0) {
        throw use.bad("cuts by padding " + low + " and " + high + ": expected 0 or more");
      }
      lengths[axis] = Math.addExact(lengths[axis], Math.addExact(low, high));
    }
    use.output(
        use.graph()
            .step(
                use,
                Extents.like(extent, lengths),
                (in, n) -> Shapes.pad(in[0], before, after),
                x));
  }

  /** Numbers for some axes, and 0 for the others. */
  private static long[] ofAllAxes(Use use, long[] pads, long[] axes, int rank)
      throws BadFileException {
    if (pads.length != 2 * axes.length) {
      throw use.bad(pads.length + " numbers for " + axes.length + " axes: expected two for each");
    }
    long[] all = new long[2 * rank];
    for (int i = 0; i < axes.length; i++) {
      long axis = axes[i] < 0 ? axes[i] + rank : axes[i];
      if (axis < 0 || axis >= rank) {
        throw use.bad("axis " + axes[i] + " of " + rank);
      }
      all[(int) axis] = pads[i];
      all[(int) axis + rank] = pads[i + axes.length];
    }
    return all;
  }
}
