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
import io.github.snip4j.nn.model.LeNet300100;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LeNet-300-100 on MNIST's first 100 pictures, against PyTorch in double precision. */
class GoldenSensitivityTest {
  private static final Golden GOLDEN = Golden.of("snip_lenet_300_100");
  private static Map<String, Tensor> sensitivities = new HashMap<>();

  @BeforeAll
  static void score() {
    Network network = LeNet300100.create(new Seed(1));
    for (Parameter p : network.parameters()) {
      p.value().copyFrom(GOLDEN.tensor("w." + p.name()));
    }
    sensitivities = ConnectionSensitivity.of(network, batch(network), Biases.SCORED);
  }

  private static Batch batch(Network network) {
    Dataset mnist = Mnist.load().training();
    int first = GOLDEN.ints("index")[0];
    Tensor x = Tensor.zeros(network.input().append(100));
    int[] labels = new int[100];
    for (int i = 0; i < 100; i++) {
      labels[i] = mnist.label(first + i);
      for (int p = 0; p < 784; p++) {
        x.data()[p * 100 + i] = (float) ((mnist.pixel(first + i, p) / 255.0 - 0.1307) / 0.3081);
      }
    }
    return new Batch(x, labels);
  }

  @Test
  void sensitivitiesAndScoresAreWithin1e4OfTheLargest() {
    Scores scores = Scores.of(sensitivities);
    assertThat(scores.size()).isEqualTo(266_610);
    for (String name : scores.names()) {
      Golden.assertClose(
          Objects.requireNonNull(sensitivities.get(name)), GOLDEN.tensor("c." + name), 1e-4);
      Golden.assertClose(scores.of(name), GOLDEN.tensor("s." + name), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.90, 0.95, 0.98})
  void masksAreThoseOfTheReferenceScores(double sparsity) {
    int kappa = Kappa.of(266_610, sparsity);
    Scores scores = Scores.of(sensitivities);
    Masks masks = Masks.keepTop(scores, kappa);
    assertThat(masks.kept()).isEqualTo(kappa);

    float[] all = new float[266_610];
    int at = 0;
    for (String name : scores.names()) {
      Tensor s = GOLDEN.tensor("s." + name);
      System.arraycopy(s.data(), 0, all, at, s.size());
      at += s.size();
    }
    Arrays.sort(all);
    float cut = all[all.length - kappa];
    int undecided = 0;
    for (String name : scores.names()) {
      Tensor reference = GOLDEN.tensor("s." + name);
      Mask mask = masks.of(name);
      for (int j = 0; j < reference.size(); j++) {
        float s = reference.data()[j];
        if (mask.keeps(j) != s >= cut) {
          assertThat(Math.abs(s - cut) / cut).as("%s[%d]", name, j).isLessThan(1e-6f);
          undecided++;
        }
      }
    }
    assertThat(undecided).isLessThanOrEqualTo(2);
  }
}
