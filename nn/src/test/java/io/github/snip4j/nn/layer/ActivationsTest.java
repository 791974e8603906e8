package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Pass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers without parameters that work on each element, or over the classes, against PyTorch. */
class ActivationsTest {
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of("relu", new Relu()),
        Arguments.of("leaky_relu", new LeakyRelu(0.01f)),
        Arguments.of("gelu", new Gelu()),
        Arguments.of("softplus", new Softplus()),
        Arguments.of("tanh", new Tanh()),
        Arguments.of("sigmoid", new Sigmoid()),
        Arguments.of("log_softmax", new LogSoftmax()));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void valuesAndGradientsArePyTorchs(String name, Layer layer) {
    Golden golden = Golden.of(name);
    Variable x = Variable.leaf(golden.transposed("x"));
    Variable y = Pass.training(new Seed(1)).through(layer, x);
    Golden.assertClose(y.value(), golden.transposed("y"), 1e-5);
    Tensor dx = y.backward(golden.transposed("dy")).of(x);
    Golden.assertClose(dx, golden.transposed("d_x"), 1e-5);
    assertThat(layer.parameters()).isEmpty();
  }

  @Test
  void softmaxGivesTheProbabilitiesWhoseLogarithmsLogSoftmaxGives() {
    Tensor logits = Golden.of("log_softmax").transposed("x");
    Tensor p = Pass.evaluation().through(new Softmax(), Variable.constant(logits)).value();
    Tensor logs = Pass.evaluation().through(new LogSoftmax(), Variable.constant(logits)).value();
    for (int i = 0; i < p.size(); i++) {
      assertThat((double) p.at(i)).isCloseTo(Math.exp(logs.at(i)), within(1e-6));
    }
  }
}
