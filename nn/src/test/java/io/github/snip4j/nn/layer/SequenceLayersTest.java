package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import org.junit.jupiter.api.Test;

/** Attention and recurrent layers against PyTorch's, embeddings, and normalisation of examples. */
class SequenceLayersTest {
  private static final Seed SEED = new Seed(1);
  private static final Initializer INIT = VarianceScaling.lecun();

  /** Asserts values and all gradients, with the parameters of the golden file. */
  private static void compare(Golden golden, Layer drawn, String prefix) {
    Layer layer =
        drawn.on(
            p ->
                new Parameter(
                    p.name(), p.role(), golden.tensor(p.name().substring(prefix.length()))));
    Pass pass = Pass.training(SEED);
    Variable x = Variable.leaf(golden.tensor("x"));
    Variable y = pass.through(layer, x);
    Golden.assertClose(y.value(), golden.tensor("y"), 1e-5);
    Gradients gradients = y.backward(golden.tensor("dy"));
    Golden.assertClose(gradients.of(x), golden.tensor("d_x"), 1e-5);
    for (Parameter p : layer.parameters()) {
      Tensor expected = golden.tensor("d_" + p.name().substring(prefix.length()));
      Golden.assertClose(gradients.of(pass.values(p)), expected, 1e-5);
    }
  }

  @Test
  void attentionIsPyTorchs() {
    compare(Golden.of("attention"), new SelfAttention("a", 12, 3, false, INIT, SEED), "a.");
    compare(Golden.of("attention_causal"), new SelfAttention("a", 12, 3, true, INIT, SEED), "a.");
  }

  @Test
  void twoLayersInBothDirectionsArePyTorchs() {
    compare(
        Golden.of("lstm_two_ways"),
        new Sequential(
            new Bidirectional(lstm("ahead0", 4), lstm("back0", 4)),
            new Bidirectional(lstm("ahead1", 6), lstm("back1", 6))),
        "");
  }

  private static Layer lstm(String name, int in) {
    return new Lstm(name, in, 3, 0f, INIT, SEED);
  }

  @Test
  void causalAttentionDoesNotSeeWhatComesLater() {
    Layer layer = new SelfAttention("a", 6, 2, true, INIT, SEED);
    Tensor x = RandomTensors.normal(1, 5, 6, 3);
    Tensor before = Pass.evaluation().through(layer, Variable.constant(x.copy())).value();
    for (int i = 3 * 18; i < x.size(); i++) {
      x.put(i, 7f);
    }
    Tensor after = Pass.evaluation().through(layer, Variable.constant(x)).value();
    assertThat(after.slice(0, 3).toArray()).isEqualTo(before.slice(0, 3).toArray());
    assertThat(after.slice(3, 5).toArray()).isNotEqualTo(before.slice(3, 5).toArray());
  }

  @Test
  void prunedAttentionGivesTheSameInEitherStorage() {
    Layer layer = new SelfAttention("a", 12, 3, true, INIT, SEED);
    Variable x = Variable.constant(RandomTensors.normal(1, 7, 12, 5));
    Tensor dense =
        Pass.evaluation()
            .through(
                layer.on(p -> p.restructured(WrongShapesTest.everyThird(p.shape()), Storage.DENSE)),
                x)
            .value();
    Tensor sparse =
        Pass.evaluation()
            .through(
                layer.on(
                    p -> p.restructured(WrongShapesTest.everyThird(p.shape()), Storage.SPARSE)),
                x)
            .value();
    Golden.assertClose(sparse, dense, 1e-5);
  }

  @Test
  void eachWordHasItsVectorAndEachPlaceItsOwn() {
    Layer words = new Embedding("words", 9, 4, INIT, SEED);
    Layer places = new PositionEmbedding("places", 8, 4, INIT, SEED);
    Tensor ids = Tensor.of(Shape.of(2, 3), 8, 0, 1, 5, 5, 2);
    Tensor y = Pass.evaluation().through(words, Variable.constant(ids)).value();
    assertThat(y.shape()).isEqualTo(Shape.of(2, 4, 3));
    Tensor table = words.parameters().get(0).value();
    assertThat(y.get(1, 3, 1)).isEqualTo(table.get(5, 3));
    Tensor placed = Pass.evaluation().through(places, Variable.constant(y)).value();
    float place = places.parameters().get(0).value().get(1, 3);
    assertThat(placed.get(1, 3, 1)).isEqualTo(table.get(5, 3) + place);
  }

  @Test
  void anExampleIsNormalisedByItself() {
    Layer layer = new Sequential(new LayerNorm("ln", 16), new Flatten());
    Tensor x = RandomTensors.normal(2, 3, 16, 4);
    Tensor y = Pass.evaluation().through(layer, Variable.constant(x)).value();
    for (int n = 0; n < 4; n++) {
      for (int t = 0; t < 3; t++) {
        double sum = 0;
        double squares = 0;
        for (int e = 0; e < 16; e++) {
          double value = y.get(16 * t + e, n);
          sum += value;
          squares += value * value;
        }
        assertThat(Math.abs(sum)).isLessThan(1e-4);
        assertThat(squares).isBetween(15.9, 16.0001);
      }
    }
  }

  @Test
  void sizesThatDoNotDivideAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SelfAttention("a", 10, 4, false, INIT, SEED))
        .withMessage(
            "a: self-attention: 10 features in 4 heads: expected heads that divide the features");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GroupNorm("g", 10, 4))
        .withMessage(
            "g: group norm: eps 1.0E-5, 10 channels in 4 groups: expected a positive eps, and"
                + " groups that divide the channels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerNorm("l", 10, 0))
        .withMessage("l: layer norm: eps 0.0: expected a positive number");
  }
}
