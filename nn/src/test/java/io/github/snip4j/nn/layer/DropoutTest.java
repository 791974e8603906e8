package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Pass;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private final Dropout layer = new Dropout("drop1", 0.25);
  private final Variable x = Variable.leaf(RandomTensors.awayFromZero(1, 0.5f, 70, 100));

  private static float[] draw(Dropout layer, long seed) {
    Variable ones = Variable.constant(Tensor.full(Shape.of(70, 100), 1f));
    return Pass.training(new Seed(seed)).through(layer, ones).value().toArray();
  }

  @Test
  void evaluationLeavesEverythingAsItIs() {
    assertThat(Pass.evaluation().through(layer, x)).isSameAs(x);
    Pass scoring = Pass.connections(Pass.Mode.EVALUATE, new Seed(3), p -> true);
    assertThat(scoring.through(layer, x)).isSameAs(x);
  }

  @Test
  void trainingDropsAQuarterAndScalesTheRestAndTheirGradients() {
    Variable y = Pass.training(new Seed(3)).through(layer, x);
    Tensor dx = y.backward(Tensor.full(y.shape(), 3f)).of(x);
    int dropped = 0;
    for (int i = 0; i < 7000; i++) {
      boolean zero = y.value().at(i) == 0;
      dropped += zero ? 1 : 0;
      float factor = zero ? 0f : (float) (1 / 0.75);
      assertThat(y.value().at(i)).isEqualTo(factor * x.value().at(i));
      assertThat(dx.at(i)).isEqualTo(factor * 3f);
    }
    assertThat(dropped).isBetween(1750 - 150, 1750 + 150); // four standard deviations
  }

  @Test
  void whatIsDroppedDependsOnThePassAndOnTheNameAlone() {
    float[] drawn = draw(layer, 3);
    assertThat(draw(new Dropout("drop1", 0.25), 3)).isEqualTo(drawn);
    assertThat(draw(layer, 4)).isNotEqualTo(drawn);
    assertThat(draw(new Dropout("drop2", 0.25), 3)).isNotEqualTo(drawn);
  }

  @Test
  void twoOfOneNameInANetworkAreRefused() {
    Sequential twice = new Sequential(layer, new Relu(), new Dropout("drop1", 0.5));
    Pass pass = Pass.training(new Seed(3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pass.through(twice, x))
        .withMessage(
            "drop1: random draws: 'drop1' has drawn in this pass: expected a name of its own for"
                + " each layer that draws, and a new Pass for each step");
  }

  @Test
  void aRateThatDropsEverythingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout("drop1", 1))
        .withMessage("drop1: dropout: rate 1.0 is not in [0, 1)");
    assertThatIllegalArgumentException().isThrownBy(() -> new Dropout("drop1", Double.NaN));
  }
}
