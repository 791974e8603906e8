package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Recurrent;
import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Parameter.Role;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Recurrent cells over a sequence, in one direction or both, from a state of zeros.
 *
 * <p>ONNX has the gates of an LSTM in the order i, o, f, c, those of a GRU in the order z, r, h,
 * one weight for x and one for h, and a bias for each; here they are i, f, g, o and r, z, n, and
 * one weight for both. The parameters stay the file's; {@link ParameterView} gathers them.
 */
final class Cells {
  private static final int[] LSTM = {0, 2, 3, 1}; // where i, f, g, o are in ONNX
  private static final int[] GRU = {1, 0, 2}; // where r, z, n are

  private Cells() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("LSTM", use -> read(use, LSTM));
    all.put("GRU", use -> read(use, GRU));
  }

  private static void read(Use use, int[] gates) throws BadFileException {
    boolean lstm = gates == LSTM;
    Computed x = use.examples(0);
    Extent extent = x.extent();
    boolean batchFirst = use.number("layout", 0) != 0;
    if (extent.rank() != 3 || extent.batch() != (batchFirst ? 0 : 1)) {
      throw use.bad("of " + extent + ": expected " + (batchFirst ? "[N, T, F]" : "[T, N, F]"));
    }
    refuse(use, lstm);
    int steps = extent.example()[0];
    int features = extent.example()[1];
    String direction = use.text("direction", "forward");
    boolean[] backwards =
        switch (direction) {
          case "forward" -> new boolean[] {false};
          case "reverse" -> new boolean[] {true};
          case "bidirectional" -> new boolean[] {false, true};
          default -> throw use.bad("direction " + direction + " is not known");
        };
    Known w = Matrices.weight(use, use.input(1), 3);
    Known r = Matrices.weight(use, use.input(2), 3);
    int hidden = r.dims()[2];
    int rows = gates.length * hidden;
    if (!Arrays.equals(w.dims(), new int[] {backwards.length, rows, features})
        || !Arrays.equals(r.dims(), new int[] {backwards.length, rows, hidden})) {
      throw use.bad(
          ("weights " + Arrays.toString(w.dims()) + " and " + Arrays.toString(r.dims()))
              + (" for " + features + " features, " + backwards.length + " directions"));
    }
    boolean after = use.number("linear_before_reset", 0) != 0;
    Computed[] ways = new Computed[backwards.length];
    for (int d = 0; d < ways.length; d++) {
      List<ParameterView> views = new ArrayList<>();
      views.add(weight(use, row(w, d), row(r, d), gates, hidden, features));
      biases(use, d, backwards.length, gates, hidden, after, views);
      Cell cell =
          lstm
              ? (v, m, b) -> Recurrent.lstm(v, m, b, 0)
              : after ? Recurrent::gruResetAfter : Recurrent::gru;
      boolean reversed = backwards[d];
      NodeLayer layer =
          new NodeLayer(
              use.name() + (backwards.length > 1 ? reversed ? ".reverse" : ".forward" : ""),
              views,
              List.of(),
              (in, self, pass) -> {
                Variable b = sum(self, pass, views.size() - 1);
                Variable y =
                    cell.of(reversed ? Reorderings.reverse(in, 0) : in, self.weight(0, pass), b);
                return reversed ? Reorderings.reverse(y, 0) : y;
              });
      ways[d] = use.graph().layer(use, new Extent(new int[] {steps, 1, hidden}, 1), layer, x);
    }
    outputs(use, ways, backwards, batchFirst, steps, hidden);
  }

  /** A cell of the engine. */
  @FunctionalInterface
  private interface Cell {
    Variable of(Variable x, Weight w, Variable b);
  }

  private static void refuse(Use use, boolean lstm) throws BadFileException {
    String[] expected =
        lstm ? new String[] {"Sigmoid", "Tanh", "Tanh"} : new String[] {"Sigmoid", "Tanh"};
    if (use.hasAttribute("activations") || use.hasAttribute("clip")) {
      throw use.bad("has activations or a clip of its own; expected " + Arrays.toString(expected));
    }
    use.expect("input_forget", 0, "expected separate gates");
    if (use.has(4)) {
      throw use.bad("takes the lengths of sequences; expected sequences of one length");
    }
    if (lstm && use.has(7)) {
      throw use.bad("has peepholes, which are not computed here");
    }
    for (int state = 5; state <= (lstm ? 6 : 5); state++) {
      if (use.has(state) && !use.graph().isZero(use.input(state))) {
        throw use.bad("begins with a state of its own; expected zeros");
      }
    }
    if (lstm && use.isUsed(2)) {
      throw use.bad("its last cell state is used; expected its outputs");
    }
  }

  private static Known row(Known x, int d) {
    Known one = Rearrangements.take(x, 0, new int[] {d});
    int[] dims = one.dims();
    return one.reshaped(Arrays.copyOfRange(dims, 1, dims.length));
  }

  /** Rows of gates in the engine's order. */
  private static int[] rows(int[] gates, int hidden, int begin) {
    int[] rows = new int[gates.length * hidden];
    Arrays.setAll(rows, i -> begin + gates[i / hidden] * hidden + i % hidden);
    return rows;
  }

  /** w {@code [gates H, F + H]}. */
  private static ParameterView weight(
      Use use, Known w, Known r, int[] gates, int hidden, int features) throws BadFileException {
    int[] rows = rows(gates, hidden, 0);
    Known byInput = Rearrangements.take(w, 0, rows);
    Known byState = Rearrangements.take(r, 0, rows);
    int[] dims = {rows.length, features + hidden};
    Known row = byInput.followedBy(List.of(byState), dims);
    int[][] parts = {byInput.dims(), byState.dims()};
    Known both = row.pick(Rearrangements.interleave(parts, 1, dims), dims);
    if (!(both instanceof Learned learned)) {
      throw use.bad("its weights are not tensors of the file");
    }
    return use.graph().view(learned, Role.WEIGHT, dims);
  }

  /** The biases that are added up: of x, of h, and of a GRU's two products apart. */
  private static void biases(
      Use use,
      int d,
      int directions,
      int[] gates,
      int hidden,
      boolean after,
      List<ParameterView> views)
      throws BadFileException {
    if (!use.has(3)) {
      throw use.bad("has no biases; export it with bias=True");
    }
    Known all = Matrices.weight(use, use.input(3), 2);
    int rows = gates.length * hidden;
    if (!(all instanceof Learned learned)
        || !Arrays.equals(all.dims(), new int[] {directions, 2 * rows})) {
      throw use.bad("its biases are not a tensor of the file of " + directions + " x " + 2 * rows);
    }
    Learned row = (Learned) row(learned, d);
    int[] ofX = rows(gates, hidden, 0);
    int[] ofH = rows(gates, hidden, rows);
    boolean apart = gates == GRU && after;
    int summed = apart ? 2 * hidden : rows;
    views.add(bias(use, row, Arrays.copyOf(ofX, summed)));
    views.add(bias(use, row, Arrays.copyOf(ofH, summed)));
    if (apart) {
      views.add(bias(use, row, Arrays.copyOfRange(ofX, summed, rows)));
      views.add(bias(use, row, Arrays.copyOfRange(ofH, summed, rows)));
    }
  }

  private static ParameterView bias(Use use, Learned row, int[] which) {
    Learned taken = row.pick(which, new int[] {which.length});
    return use.graph().view(taken, Role.BIAS, which.length);
  }

  private static Variable sum(NodeLayer self, Pass pass, int biases) {
    Variable both = Arithmetic.add(self.variable(1, pass), self.variable(2, pass));
    return biases == 2
        ? both
        : Shapes.concatenate(List.of(both, self.variable(3, pass), self.variable(4, pass)), 0);
  }

  /** All outputs {@code [T, D, N, H]}, and the last ones {@code [D, N, H]}. */
  private static void outputs(
      Use use, Computed[] ways, boolean[] backwards, boolean batchFirst, int steps, int hidden)
      throws BadFileException {
    int d = ways.length;
    Extent all =
        batchFirst
            ? new Extent(new int[] {1, steps, d, hidden}, 0)
            : new Extent(new int[] {steps, d, 1, hidden}, 2);
    use.output(
        0,
        use.graph()
            .step(
                use,
                all,
                (in, n) -> {
                  List<Variable> each =
                      Arrays.stream(in)
                          .map(y -> Shapes.reshape(y, Shape.of(steps, 1, hidden, n)))
                          .toList();
                  return each.size() == 1 ? each.get(0) : Shapes.concatenate(each, 1);
                },
                ways));
    if (!use.isUsed(1)) {
      return;
    }
    Extent last =
        batchFirst
            ? new Extent(new int[] {1, d, hidden}, 0)
            : new Extent(new int[] {d, 1, hidden}, 1);
    use.output(
        1,
        use.graph()
            .step(
                use,
                last,
                (in, n) -> {
                  List<Variable> each = new ArrayList<>();
                  for (int i = 0; i < d; i++) {
                    int at = backwards[i] ? 0 : steps - 1; // where that way ends
                    each.add(Shapes.slice(in[i], 0, at, at + 1));
                  }
                  return each.size() == 1 ? each.get(0) : Shapes.concatenate(each, 0);
                },
                ways));
  }
}
