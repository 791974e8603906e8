package io.github.snip4j.autograd.op;

import static io.github.snip4j.core.testing.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Slices;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cells that begin with a state: against PyTorch's, and against the cells that begin with 0. */
class StatefulRecurrentTest {
  private static final double TOLERANCE = 1e-4;
  private static final int T = 6;
  private static final int H = 5;

  private static Variable weight(Golden golden) {
    return Variable.leaf(
        Slices.concatenate(List.of(golden.tensor("w_ih"), golden.tensor("w_hh")), 1));
  }

  @Test
  void lstmIsPyTorchs() {
    Golden golden = Golden.of("lstm_state");
    Variable x = Variable.leaf(golden.tensor("x"));
    Variable w = weight(golden);
    Variable b = Variable.leaf(Broadcast.add(golden.tensor("b_ih"), golden.tensor("b_hh")));
    Variable h0 = Variable.leaf(golden.tensor("h0"));
    Variable c0 = Variable.leaf(golden.tensor("c0"));
    Variable all = StatefulRecurrent.lstm(x, Weight.of(w), b, 0f, h0, c0);
    assertClose(all.value().slice(0, T), golden.tensor("y"), TOLERANCE);
    assertClose(all.value().slice(T - 1, T), golden.tensor("h"), TOLERANCE);
    assertClose(all.value().slice(T, T + 1), golden.tensor("c"), TOLERANCE);
    Variable y = Shapes.slice(all, 0, 0, T);
    Variable h = Shapes.slice(all, 0, T - 1, T);
    Variable c = Shapes.slice(all, 0, T, T + 1);
    Gradients gradients = Arithmetic.add(total(golden, y, h), weighed(golden, "c", c)).backward();
    assertClose(gradients.of(x), golden.tensor("d_x"), TOLERANCE);
    assertClose(gradients.of(b), golden.tensor("d_b_ih"), TOLERANCE);
    assertClose(gradients.of(h0), golden.tensor("d_h0"), TOLERANCE);
    assertClose(gradients.of(c0), golden.tensor("d_c0"), TOLERANCE);
    assertWeights(golden, gradients.of(w));
  }

  @Test
  void gruWithTheResetAfterTheProductIsPyTorchs() {
    Golden golden = Golden.of("gru_state");
    Variable x = Variable.leaf(golden.tensor("x"));
    Variable w = weight(golden);
    Tensor in = golden.tensor("b_ih");
    Tensor hidden = golden.tensor("b_hh");
    Tensor both = Broadcast.add(in, hidden);
    Variable b =
        Variable.leaf(
            Slices.concatenate(
                List.of(both.slice(0, 2 * H), in.slice(2 * H, 3 * H), hidden.slice(2 * H, 3 * H)),
                0));
    Variable h0 = Variable.leaf(golden.tensor("h0"));
    Variable y = StatefulRecurrent.gruResetAfter(x, Weight.of(w), b, h0);
    assertClose(y.value(), golden.tensor("y"), TOLERANCE);
    Variable h = Shapes.slice(y, 0, T - 1, T);
    Gradients gradients = total(golden, y, h).backward();
    assertClose(gradients.of(x), golden.tensor("d_x"), TOLERANCE);
    assertClose(gradients.of(h0), golden.tensor("d_h0"), TOLERANCE);
    assertWeights(golden, gradients.of(w));
  }

  private static Variable total(Golden golden, Variable y, Variable h) {
    return Arithmetic.add(weighed(golden, "y", y), weighed(golden, "h", h));
  }

  private static Variable weighed(Golden golden, String name, Variable v) {
    return Reductions.sum(Arithmetic.multiply(v, Variable.constant(golden.tensor("u_" + name))));
  }

  private static void assertWeights(Golden golden, Tensor dw) {
    Tensor expected =
        Slices.concatenate(List.of(golden.tensor("d_w_ih"), golden.tensor("d_w_hh")), 1);
    assertClose(dw, expected, TOLERANCE);
  }

  @Test
  void fromZerosTheyGiveTheBitsOfTheOtherCells() {
    Variable x = Variable.constant(RandomTensors.normal(1, 4, 3, 9));
    Weight w = Weight.of(Variable.constant(RandomTensors.normal(2, 4 * H, 3 + H)));
    Variable b = Variable.constant(RandomTensors.normal(3, 4 * H));
    Variable zeros = Variable.constant(Tensor.zeros(Shape.of(H, 9)));
    float[] plain = Recurrent.lstm(x, w, b, 1f).value().toArray();
    Tensor all = StatefulRecurrent.lstm(x, w, b, 1f, zeros, zeros).value();
    assertThat(all.slice(0, 4).toArray()).isEqualTo(plain);
  }

  @Test
  void aSequenceInPiecesGivesTheBitsOfTheWhole() {
    Tensor x = RandomTensors.normal(1, 6, 3, 37);
    Weight w = Weight.of(Variable.constant(RandomTensors.normal(2, 3 * H, 3 + H)));
    Variable b = Variable.constant(RandomTensors.normal(3, 3 * H));
    Tensor whole = Recurrent.gru(Variable.constant(x), w, b).value();
    Tensor first = Recurrent.gru(Variable.constant(x.slice(0, 2)), w, b).value();
    Variable h = Variable.constant(first.slice(1, 2).reshape(Shape.of(H, 37)));
    Tensor rest = StatefulRecurrent.gru(Variable.constant(x.slice(2, 6)), w, b, h).value();
    assertThat(rest.toArray()).isEqualTo(whole.slice(2, 6).toArray());
  }

  /** 37 examples are computed as 32 and 5, in slices of different widths. */
  @Test
  void examplesOfABatchGiveWhatTheyGiveInBatchesOfTheirOwn() {
    List<Tensor> whole = lstmOf(0, 37);
    List<Tensor> first = lstmOf(0, 32);
    List<Tensor> rest = lstmOf(32, 37);
    for (int i = 0; i < 4; i++) { // outputs and cells; by x, h_0, c_0
      int batch = whole.get(i).shape().rank() - 1;
      Tensor both = Slices.concatenate(List.of(first.get(i), rest.get(i)), batch);
      assertClose(whole.get(i), both, 1e-5);
    }
    assertClose(whole.get(4), Broadcast.add(first.get(4), rest.get(4)), 1e-5);
    assertClose(whole.get(5), Broadcast.add(first.get(5), rest.get(5)), 1e-5);
  }

  /** The outputs for some of 37 examples, and gradients by x, h_0, c_0, w and b. */
  private static List<Tensor> lstmOf(int from, int to) {
    Variable x = Variable.leaf(examples(RandomTensors.normal(1, 6, 3, 37), from, to));
    Variable h = Variable.leaf(examples(RandomTensors.normal(2, H, 37), from, to));
    Variable c = Variable.leaf(examples(RandomTensors.normal(3, H, 37), from, to));
    Variable w = Variable.leaf(RandomTensors.normal(4, 4 * H, 3 + H));
    Variable b = Variable.leaf(RandomTensors.normal(5, 4 * H));
    Tensor dy = examples(RandomTensors.normal(6, 7, H, 37), from, to);
    Variable all = StatefulRecurrent.lstm(x, Weight.of(w), b, 1f, h, c);
    Gradients gradients = all.backward(dy);
    return List.of(
        all.value(),
        gradients.of(x),
        gradients.of(h),
        gradients.of(c),
        gradients.of(w),
        gradients.of(b));
  }

  private static Tensor examples(Tensor all, int from, int to) {
    return Slices.slice(all, all.shape().rank() - 1, from, to);
  }

  @Test
  void aStateOfOtherSizesIsRefused() {
    Variable x = Variable.constant(Tensor.zeros(Shape.of(4, 3, 9)));
    Weight w = Weight.of(Variable.constant(Tensor.zeros(Shape.of(4 * H, 3 + H))));
    Variable b = Variable.constant(Tensor.zeros(Shape.of(4 * H)));
    Variable h = Variable.constant(Tensor.zeros(Shape.of(H, 9)));
    Variable c = Variable.constant(Tensor.zeros(Shape.of(H, 8)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StatefulRecurrent.lstm(x, w, b, 0f, h, c))
        .withMessage(
            "lstm: initial state [5, 9] and cells [5, 8]: expected [H, N], which is [5, 9]");
  }
}
