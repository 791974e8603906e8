package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compared by time is the same work. */
class PyTorchTest {
  private static final int STEPS = 20;

  /**
   * Where a step takes long, of few examples; at rates that neither stand still nor, through batch
   * norms, make much of differences in rounding.
   */
  @ParameterizedTest
  @CsvSource({
    "lenet-300-100-98-100, 1e-2",
    "lenet-5-caffe-99-100, 1e-3",
    "lstm-s-95-100, 1e-2",
    "gru-s-95-100, 1e-2",
    "vgg-like-97-16, 1e-3",
    "wrn-16-8-95-8, 1e-2",
    "resnet-18-onnx-95-8, 1e-2",
    "decoder-90-2, 3e-2"
  })
  void lossesOfTwentyStepsAgree(String text, double rate) {
    Workload workload = Workload.of(text);
    Network network = workload.network("dense");
    Batch batch = workload.examples(network);
    try (PyTorchSteps theirs = new PyTorchSteps(network, batch, rate)) {
      Steps ours = new Steps(network, batch, rate);
      float first = 0;
      float loss = 0;
      for (int i = 0; i <= STEPS; i++) {
        loss = ours.next();
        first = i == 0 ? loss : first;
        assertThat(theirs.next()).as("loss after %d steps", i).isCloseTo(loss, within(1e-3f));
      }
      assertThat(loss).as("it has learnt something").isLessThan(first - 0.05f);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lenet-300-100-98-7",
        "lenet-5-caffe-99-7",
        "lstm-s-95-7",
        "gru-s-95-7",
        "vgg-like-97-7",
        "wrn-16-8-95-7"
      })
  void logitsAgree(String text) {
    Workload workload = Workload.of(text);
    Network network = workload.network("dense");
    Tensor x = workload.examples(network).x();
    try (PyTorchInference theirs = new PyTorchInference(network, x)) {
      Tensor ours = network.forward(Variable.constant(x), Pass.evaluation()).value();
      float[] logits = theirs.logits();
      assertThat(logits).hasSize(network.outputs() * workload.batch());
      for (int i = 0; i < logits.length; i++) {
        int k = i % network.outputs();
        int n = i / network.outputs();
        float expected = ours.at(k * workload.batch() + n);
        assertThat(logits[i]).as("logit %d of example %d", k, n).isCloseTo(expected, within(1e-4f));
      }
    }
  }
}
