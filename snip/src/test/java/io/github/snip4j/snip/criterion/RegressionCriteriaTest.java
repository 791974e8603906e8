package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.snip.Accumulation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Criteria of networks that are trained on something else than labels. */
class RegressionCriteriaTest {
  private static final float[][] X = rows("x", 24, 6);
  private static final float[][] Y = rows("y", 24, 3);

  private static float[][] rows(String name, int rows, int length) {
    float[][] x = new float[rows][length];
    for (int n = 0; n < rows; n++) {
      for (int k = 0; k < length; k++) {
        x[n][k] = (float) new Seed(4).child(name).normal((long) length * n + k);
      }
    }
    return x;
  }

  private static Network network() {
    Seed seed = new Seed(5);
    VarianceScaling he = VarianceScaling.he();
    return new Network(
        "regression",
        Shape.of(6),
        3,
        new Sequential(
            new Linear("fc1", 6, 8, he, seed), new Tanh(), new Linear("fc2", 8, 3, he, seed)));
  }

  static Stream<Objective> objectives() {
    return Stream.of(
        Objective.meanSquared(), Objective.huber(0.6), CrossEntropy.PLAIN.weighted(1.0, 3.0, 0.2));
  }

  private static Batch batch(Objective objective) {
    return objective instanceof CrossEntropy
        ? Batch.ofExamples(X, labels())
        : Batch.ofExamples(X, Y);
  }

  private static int[] labels() {
    int[] labels = new int[X.length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = n % 3;
    }
    return labels;
  }

  /** The loss with one connection multiplied by a number. */
  private static double loss(Network network, Batch batch, String name, int j, float c) {
    Pass pass =
        Pass.connections(
            Pass.Mode.EVALUATE,
            new Seed(0),
            p -> {
              if (!p.name().equals(name)) {
                return null;
              }
              Tensor masks = Tensor.full(p.shape(), 1f);
              masks.put(j, c);
              return masks;
            },
            Parameter::value);
    return network.loss(batch, pass).value().item();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void sensitivitiesAreFiniteDifferencesOfTheObjective(Objective objective) {
    Network network = network().with(objective);
    Batch batch = batch(objective);
    Map<String, Tensor> g = ConnectionSensitivity.of(network, batch, Biases.SCORED);
    float h = 1f / 64;
    g.forEach(
        (name, values) -> {
          for (int j = 0; j < values.size(); j++) {
            double difference =
                (loss(network, batch, name, j, 1 + h) - loss(network, batch, name, j, 1 - h))
                    / (2 * h);
            assertThat((double) values.at(j))
                .as(name + " " + j)
                .isCloseTo(difference, within(2e-3));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void brainDamageIsTheSecondDifferenceOfTheObjective(Objective objective) {
    Network network = network().with(objective);
    Batch batch = batch(objective);
    Map<String, Tensor> s = BrainDamage.saliencies(Connections.of(network, batch));
    HessianProduct hessian = HessianProduct.of(Connections.of(network, batch), Pass.Mode.EVALUATE);
    Tensor w = network.parameter("fc2.weight").value();
    for (int j = 0; j < w.size(); j++) {
      Map<String, Tensor> v = Connections.of(network, batch).each(p -> Tensor.zeros(p.shape()));
      of(v, "fc2.weight").put(j, 1);
      double diagonal = of(hessian.times(v), "fc2.weight").at(j);
      assertThat((double) of(s, "fc2.weight").at(j))
          .as("%d", j)
          .isCloseTo(diagonal * w.at(j) * w.at(j) / 2, within(2e-3));
    }
  }

  private static Tensor of(Map<String, Tensor> byName, String name) {
    return Objects.requireNonNull(byName.get(name));
  }

  /** Two batches count as one: by what the mean of each is over. */
  @ParameterizedTest
  @MethodSource("objectives")
  void aSumOverBatchesIsThatOfOneBatch(Objective objective) {
    Network network = network().with(objective);
    Batches all = objective instanceof CrossEntropy ? Batches.of(X, labels()) : Batches.of(X, Y);
    Connections two =
        Connections.of(
            network,
            Biases.SCORED,
            List.of(all.inOrder(17).at(0), all.inOrder(17).at(1)),
            new Seed(0));
    Map<String, Tensor> sum = Accumulation.SUM.over(two, Pass.Mode.EVALUATE);
    Map<String, Tensor> one = ConnectionSensitivity.of(network, all.all(), Biases.SCORED);
    double first = objective.count(all.inOrder(17).at(0).targets());
    double factor = objective.count(all.all().targets()) / first;
    one.forEach(
        (name, g) -> {
          for (int j = 0; j < g.size(); j++) {
            assertThat((double) of(sum, name).at(j)).isCloseTo(factor * g.at(j), within(2e-6));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void everyCriterionThatMakesSensePrunesIt(Objective objective) {
    Network network = network().with(objective);
    Batch batch = batch(objective);
    Connections connections = Connections.of(network, batch);
    for (Criterion criterion :
        List.<Criterion>of(
            ConnectionSensitivity::score,
            new Magnitude(),
            new SynapticFlow(),
            new GradientFlow(1, Pass.Mode.EVALUATE),
            new BrainDamage(),
            new UnitRelevance())) {
      assertThat(Pruner.of(criterion).prune(connections, 0.75).kept()).isEqualTo(21); // of 83
    }
    assertThat(
            LossChanges.of(
                    network, batch, ConnectionSensitivity.score(connections), 20, new Seed(1))
                .rankCorrelation())
        .isGreaterThan(0.5);
  }

  @Test
  void whatIsNotSaidIsRefused() {
    Connections regression =
        Connections.of(network().with(Objective.meanSquared()), Batch.ofExamples(X, Y));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientFlow().score(regression))
        .withMessage(
            "temperature 200.0 divides logits, and regression gives none: MeanSquared[] takes"
                + " temperature 1");
    Objective own = (y, t) -> Objective.meanSquared().loss(y, t);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(
            () ->
                new BrainDamage()
                    .score(Connections.of(network().with(own), Batch.ofExamples(X, Y))))
        .withMessageContaining("override Objective.curvature");
  }
}
