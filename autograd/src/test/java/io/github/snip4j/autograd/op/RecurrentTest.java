package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Slices;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The fused cells against PyTorch's, and against the same formulas step by step. */
class RecurrentTest {
  private static final double TOLERANCE = 1e-4;
  private static final int H = 5;

  private final Variable x = Variable.leaf(RandomTensors.normal(1, 4, 3, 9));
  private final Tensor dy = RandomTensors.normal(2, 4, H, 9);

  /** A cell, as {@link Recurrent}'s. */
  @FunctionalInterface
  private interface Cell {
    Variable run(Variable x, Variable w, Variable b);
  }

  /** One step: from [x; h], and from what came before, to what comes next. */
  @FunctionalInterface
  private interface Step {
    List<Variable> next(Variable x, List<Variable> state);
  }

  @Test
  void lstmIsPyTorchsWithItsMatricesSideBySideAndItsBiasesAdded() {
    Golden golden = Golden.of("lstm");
    Variable b = Variable.leaf(Broadcast.add(golden.tensor("b_ih"), golden.tensor("b_hh")));
    Gradients gradients = compare(golden, (v, w, bias) -> Recurrent.lstm(v, w, bias, 0f), b);
    assertClose(gradients.of(b), golden.tensor("d_b_ih"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b_hh"), TOLERANCE);
  }

  @Test
  void gruWithTheResetAfterTheProductIsPyTorchs() {
    Golden golden = Golden.of("gru");
    Variable b = Variable.leaf(fourBiases(golden.tensor("b_ih"), golden.tensor("b_hh"), true));
    Gradients gradients = compare(golden, Recurrent::gruResetAfter, b);
    Tensor db = fourBiases(golden.tensor("d_b_ih"), golden.tensor("d_b_hh"), false);
    assertClose(gradients.of(b), db, TOLERANCE);
  }

  private static Tensor fourBiases(Tensor input, Tensor hidden, boolean added) {
    Tensor both = added ? Broadcast.add(input, hidden) : input;
    return Slices.concatenate(
        List.of(both.slice(0, 2 * H), input.slice(2 * H, 3 * H), hidden.slice(2 * H, 3 * H)), 0);
  }

  private static Gradients compare(Golden golden, Cell cell, Variable b) {
    Variable x = Variable.leaf(golden.batchLast("x"));
    Variable w =
        Variable.leaf(Slices.concatenate(List.of(golden.tensor("w_ih"), golden.tensor("w_hh")), 1));
    Variable y = cell.run(x, w, b);
    Gradients gradients = y.backward(golden.batchLast("dy"));
    assertClose(y.value(), golden.batchLast("y"), TOLERANCE);
    assertClose(gradients.of(x), golden.batchLast("d_x"), TOLERANCE);
    Tensor dw = Slices.concatenate(List.of(golden.tensor("d_w_ih"), golden.tensor("d_w_hh")), 1);
    assertClose(gradients.of(w), dw, TOLERANCE);
    return gradients;
  }

  @Test
  void theForgetBiasIsAddedToTheForgetGateAlone() {
    assertSame(
        (v, w, b) -> Recurrent.lstm(v, w, b, 1f),
        (v, w, b) -> unrolled(v, state -> List.of(state, state), (x1, s) -> lstm(x1, s, w, b)),
        4,
        4);
  }

  @Test
  void gruResetsTheStateBeforeTheProduct() {
    assertSame(
        Recurrent::gru,
        (v, w, b) -> unrolled(v, List::of, (x1, s) -> gru(x1, s.get(0), w, b)),
        3,
        3);
  }

  private static List<Variable> lstm(Variable x, List<Variable> state, Variable w, Variable b) {
    Variable stacked = Shapes.concatenate(List.of(x, state.get(0)), 0);
    Variable all = Products.linear(stacked, w, b);
    Variable i = Elementwise.sigmoid(gate(all, 0));
    Variable one = Variable.constant(Tensor.scalar(1));
    Variable f = Elementwise.sigmoid(Arithmetic.add(gate(all, 1), one));
    Variable g = Elementwise.tanh(gate(all, 2));
    Variable o = Elementwise.sigmoid(gate(all, 3));
    Variable c = Arithmetic.add(Arithmetic.multiply(f, state.get(1)), Arithmetic.multiply(i, g));
    return List.of(Arithmetic.multiply(o, Elementwise.tanh(c)), c);
  }

  private static List<Variable> gru(Variable x, Variable h, Variable w, Variable b) {
    Variable gates =
        Products.linear(
            Shapes.concatenate(List.of(x, h), 0),
            Shapes.slice(w, 0, 0, 2 * H),
            Shapes.slice(b, 0, 0, 2 * H));
    Variable r = Elementwise.sigmoid(gate(gates, 0));
    Variable z = Elementwise.sigmoid(gate(gates, 1));
    Variable n =
        Elementwise.tanh(
            Products.linear(
                Shapes.concatenate(List.of(x, Arithmetic.multiply(r, h)), 0),
                Shapes.slice(w, 0, 2 * H, 3 * H),
                Shapes.slice(b, 0, 2 * H, 3 * H)));
    Variable kept = Arithmetic.multiply(z, h);
    return List.of(Arithmetic.add(Arithmetic.subtract(n, Arithmetic.multiply(z, n)), kept));
  }

  private static Variable gate(Variable all, int index) {
    return Shapes.slice(all, 0, index * H, (index + 1) * H);
  }

  private static Variable unrolled(
      Variable x, Function<Variable, List<Variable>> start, Step step) {
    int batch = x.shape().dim(2);
    List<Variable> state = start.apply(Variable.constant(Tensor.zeros(Shape.of(H, batch))));
    List<Variable> outputs = new ArrayList<>();
    for (int t = 0; t < x.shape().dim(0); t++) {
      Variable now = Shapes.reshape(Shapes.slice(x, 0, t, t + 1), Shape.of(3, batch));
      state = step.next(now, state);
      outputs.add(Shapes.reshape(state.get(0), Shape.of(1, H, batch)));
    }
    return Shapes.concatenate(outputs, 0);
  }

  private void assertSame(Cell fused, Cell plain, int gates, int biases) {
    Variable w = Variable.leaf(RandomTensors.normal(3, gates * H, 3 + H));
    Variable b = Variable.leaf(RandomTensors.normal(4, biases * H));
    Variable y = fused.run(x, w, b);
    Variable expected = plain.run(x, w, b);
    assertClose(y.value(), expected.value(), 1e-5);
    Gradients actual = y.backward(dy);
    Gradients reference = expected.backward(dy);
    for (Variable input : List.of(x, w, b)) {
      assertClose(actual.of(input), reference.of(input), 1e-5);
    }
  }

  @Test
  void asksForOnlySomeGradientsAndForAllOfThemTwice() {
    Variable w = Variable.leaf(RandomTensors.normal(3, 4 * H, 3 + H));
    Variable b = Variable.constant(RandomTensors.normal(4, 4 * H));
    Variable y = Recurrent.lstm(x, w, b, 1f);
    Gradients once = y.backward(dy);
    assertThat(once.contains(b)).isFalse();
    Tensor twice = Tensor.of(dy.shape(), dy.toArray());
    Gradients again = y.backward(twice);
    assertThat(again.of(w).toArray()).isEqualTo(once.of(w).toArray());
    twice.put(
        0, twice.at(0) + 1); // the same tensor with another value is another upstream gradient
    assertThat(y.backward(twice).of(w).toArray()).isNotEqualTo(once.of(w).toArray());
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    Variable w = Variable.constant(RandomTensors.normal(3, 4 * H, 4 + H));
    Variable b = Variable.constant(RandomTensors.normal(4, 4 * H));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recurrent.lstm(x, w, b, 1f))
        .withMessage(
            "lstm: x [4, 3, 9], w [20, 9], b [20]: expected x [T, F, N], w [4 H, F + H], b [4 H],"
                + " T, F and H at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Recurrent.gru(x, b, w))
        .withMessageContaining("gru: x [4, 3, 9], w [20], b [20, 9]: expected x [T, F, N]");
  }
}
