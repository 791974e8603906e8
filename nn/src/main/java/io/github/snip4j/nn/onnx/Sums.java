package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;
import java.util.Map;

/** Sums, means and maxima along axes. */
final class Sums {
  private Sums() {}

  /** What is done along the axes, which stay with length 1. */
  @FunctionalInterface
  private interface Reduction {
    Variable of(Variable x, int[] axes);
  }

  static void addTo(Map<String, Operators.Operator> all) {
    all.put(
        "ReduceMean",
        use -> reduce(use, (x, axes) -> Reductions.mean(x, Reductions.Reduced.STAYS, axes)));
    all.put(
        "ReduceSum",
        use -> reduce(use, (x, axes) -> Reductions.sum(x, Reductions.Reduced.STAYS, axes)));
    all.put(
        "ReduceMax",
        use -> reduce(use, (x, axes) -> Reductions.max(x, Reductions.Reduced.STAYS, axes)));
    all.put("ReduceProd", Sums::product);
  }

  private static void product(Use use) throws BadFileException {
    if (!(use.input(0) instanceof Wholes wholes)) {
      throw use.bad("of real numbers; expected lengths");
    }
    Wholes product = Arithmetics.product(use, wholes);
    use.output(use.number("keepdims", 1) == 0 ? product : product.reshaped(new int[] {1}));
  }

  private static void reduce(Use use, Reduction reduction) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    long[] given = use.numbersOrInput("axes", 1);
    if (given == null || given.length == 0) {
      if (use.number("noop_with_empty_axes", 0) != 0) {
        use.output(x);
        return;
      }
      throw use.bad("along all axes, the batch too: examples must not see each other");
    }
    int[] axes = use.axes(given, extent.rank());
    int[] here = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      here[i] = use.exampleAxis(axes[i], extent);
    }
    int[] lengths = extent.lengths().clone();
    for (int axis : axes) {
      if (lengths[axis] == 0) {
        throw use.bad("along an axis of length 0");
      }
      lengths[axis] = 1;
    }
    Extent kept = Extents.like(extent, lengths);
    Extent to = use.number("keepdims", 1) != 0 ? kept : without(kept, axes);
    use.output(
        use.graph()
            .step(use, to, (in, n) -> Extents.to(reduction.of(in[0], here), to.shape(n)), x));
  }

  private static Extent without(Extent extent, int[] axes) {
    int[] left = new int[extent.rank() - axes.length];
    int batch = extent.batch();
    int next = 0;
    for (int axis = 0; axis < extent.rank(); axis++) {
      int at = axis;
      if (Arrays.stream(axes).noneMatch(gone -> gone == at)) {
        batch = axis == extent.batch() ? next : batch;
        left[next++] = extent.lengths()[axis];
      }
    }
    return new Extent(left, batch);
  }
}
