package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.datasets.Dataset;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.Models;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The paper's LeNets on MNIST's first 100 pictures, against PyTorch in double precision. */
class GoldenSensitivityTest {
  private static final Map<String, Case> CASES = new HashMap<>();

  private record Case(Golden golden, int m, Map<String, Tensor> sensitivities) {
    static Case of(String model) {
      return CASES.computeIfAbsent(model, Case::score);
    }

    private static Case score(String model) {
      Golden golden =
          Golden.of(model.equals("lenet-5-caffe") ? "snip_lenet_5" : "snip_lenet_300_100");
      Network network =
          Objects.requireNonNull(Models.named(model)).create(Constant.ZEROS, new Seed(1));
      for (Parameter p : network.parameters()) {
        p.value().copyFrom(golden.tensor("w." + p.name()));
      }
      Batch batch = batch(network, golden.ints("index")[0]);
      return new Case(
          golden, network.connections(), ConnectionSensitivity.of(network, batch, Biases.SCORED));
    }
  }

  private static Batch batch(Network network, int first) {
    Dataset mnist = Mnist.load().training();
    Tensor x = Tensor.zeros(network.input().append(100));
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = mnist.label(first + i);
      for (int p = 0; p < 784; p++) {
        x.put(p * 100 + i, (float) ((mnist.pixel(first + i, p) / 255.0 - 0.1307) / 0.3081));
      }
    }
    return new Batch(x, labels);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5-caffe"})
  void sensitivitiesAndScoresAreWithin1e4OfTheLargest(String model) {
    Case c = Case.of(model);
    Scores scores = Scores.of(c.sensitivities);
    assertThat(scores.size()).isEqualTo(c.m);
    for (String name : scores.names()) {
      Tensor g = Objects.requireNonNull(c.sensitivities.get(name));
      Golden.assertClose(g, c.golden.tensor("c." + name), 1e-4);
      Golden.assertClose(scores.of(name), c.golden.tensor("s." + name), 1e-4);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 0.90",
    "lenet-300-100, 0.95",
    "lenet-300-100, 0.98",
    "lenet-5-caffe, 0.90",
    "lenet-5-caffe, 0.98",
    "lenet-5-caffe, 0.99",
  })
  void masksAreThoseOfTheReferenceScores(String model, double sparsity) {
    Case c = Case.of(model);
    int kappa = Kappa.of(c.m, sparsity);
    Scores scores = Scores.of(c.sensitivities);
    Masks masks = Masks.keepTop(scores, kappa);
    assertThat(masks.kept()).isEqualTo(kappa);

    float[] all = new float[c.m];
    int at = 0;
    for (String name : scores.names()) {
      Tensor s = c.golden.tensor("s." + name);
      System.arraycopy(s.data(), s.offset(), all, at, s.size());
      at += s.size();
    }
    Arrays.sort(all);
    float cut = all[all.length - kappa];
    int undecided = 0;
    for (String name : scores.names()) {
      Tensor reference = c.golden.tensor("s." + name);
      Mask mask = masks.of(name);
      for (int j = 0; j < reference.size(); j++) {
        float s = reference.at(j);
        if (mask.keeps(j) != s >= cut) {
          assertThat(Math.abs(s - cut) / cut).as("%s[%d]", name, j).isLessThan(1e-6f);
          undecided++;
        }
      }
    }
    assertThat(undecided).isLessThanOrEqualTo(2);
  }
}
