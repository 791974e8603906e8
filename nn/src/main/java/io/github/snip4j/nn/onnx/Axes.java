package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators that put axes in another order, or axes of length 1 in and out. */
final class Axes {
  private Axes() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Transpose", Axes::transpose);
    all.put("Squeeze", Axes::squeeze);
    all.put("Unsqueeze", Axes::unsqueeze);
  }

  private static void transpose(Use use) throws BadFileException {
    Value input = use.input(0);
    if (input instanceof Known known) {
      use.output(Rearrangements.transpose(known, order(use, known.dims().length)));
      return;
    }
    Computed x = use.computed(0);
    Extent from = x.extent();
    int[] order = order(use, from.rank());
    int[] lengths = Arrays.stream(order).map(axis -> from.lengths()[axis]).toArray();
    int batch = from.hasBatch() ? indexOf(order, from.batch()) : Extent.NONE;
    Extent to = new Extent(lengths, batch);
    int[] here = new int[lengths.length]; // the same order for the axes as they are kept
    int next = 0;
    for (int axis : order) {
      if (axis != from.batch()) {
        here[next++] = from.axis(axis);
      }
    }
    if (from.hasBatch()) {
      here[next] = next; // the batch stays at the end
    }
    use.output(use.graph().step(use, to, (in, n) -> Extents.permute(in[0], here), x));
  }

  private static int[] order(Use use, int rank) throws BadFileException {
    if (use.hasAttribute("perm")) {
      int[] order = use.axes(use.numbers("perm"), rank);
      if (order.length != rank) {
        throw use.bad("perm has " + order.length + " axes for a value with " + rank);
      }
      return order;
    }
    int[] reversed = new int[rank];
    Arrays.setAll(reversed, i -> rank - 1 - i);
    return reversed;
  }

  private static int indexOf(int[] order, int axis) {
    int i = 0;
    while (order[i] != axis) {
      i++;
    }
    return i;
  }

  private static void squeeze(Use use) throws BadFileException {
    Value input = use.input(0);
    long[] given = use.numbersOrInput("axes", 1);
    if (input instanceof Known known) {
      boolean[] gone = gone(use, Extent.of(known.dims()), given);
      use.output(known.reshaped(without(known.dims(), gone)));
      return;
    }
    Computed x = use.computed(0);
    boolean[] gone = gone(use, x.extent(), given);
    int batch = x.extent().batch();
    int before = 0;
    for (int axis = 0; axis < batch; axis++) {
      before += gone[axis] ? 1 : 0;
    }
    Extent to =
        new Extent(
            without(x.extent().lengths(), gone),
            x.extent().hasBatch() ? batch - before : Extent.NONE);
    use.output(Reshapes.step(use, x, to));
  }

  private static boolean[] gone(Use use, Extent extent, long @Nullable [] given)
      throws BadFileException {
    boolean[] gone = new boolean[extent.rank()];
    if (given == null) {
      for (int axis = 0; axis < gone.length; axis++) {
        gone[axis] = extent.lengths()[axis] == 1 && axis != extent.batch();
      }
      return gone;
    }
    for (int axis : use.axes(given, extent.rank())) {
      if (axis == extent.batch() || extent.lengths()[axis] != 1) {
        throw use.bad("takes axis " + axis + " away from " + extent + ", which is not of length 1");
      }
      gone[axis] = true;
    }
    return gone;
  }

  private static int[] without(int[] dims, boolean[] gone) {
    int[] left = new int[dims.length];
    int next = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (!gone[axis]) {
        left[next++] = dims[axis];
      }
    }
    return Arrays.copyOf(left, next);
  }

  private static void unsqueeze(Use use) throws BadFileException {
    Value input = use.input(0);
    long[] given = use.numbersOrInput("axes", 1);
    if (given == null) {
      throw use.bad("does not say which axes");
    }
    if (input instanceof Known known) {
      boolean[] put = put(use, known.dims().length, given);
      use.output(known.reshaped(with(Extent.of(known.dims()), put).lengths()));
      return;
    }
    Computed x = use.computed(0);
    use.output(Reshapes.step(use, x, with(x.extent(), put(use, x.extent().rank(), given))));
  }

  private static boolean[] put(Use use, int rank, long[] given) throws BadFileException {
    boolean[] put = new boolean[rank + given.length];
    for (int axis : use.axes(given, put.length)) {
      put[axis] = true;
    }
    return put;
  }

  private static Extent with(Extent extent, boolean[] put) {
    int[] lengths = new int[put.length];
    int batch = Extent.NONE;
    int next = 0;
    for (int axis = 0; axis < put.length; axis++) {
      if (!put[axis] && next == extent.batch()) {
        batch = axis;
      }
      lengths[axis] = put[axis] ? 1 : extent.lengths()[next++];
    }
    return new Extent(lengths, batch);
  }
}
