package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GraSP and optimal brain damage against derivatives in double precision. */
class SecondOrderTest {
  private final Network network = SmallNetworks.withBiases(SmallNetworks.connected(20, 16, 12, 5));
  private final Batch batch = SmallNetworks.batch(network, 3, 32);
  private final double[] w = InDouble.parameters(network);

  @ParameterizedTest
  @ValueSource(doubles = {1, 200})
  void theHessianGradientProductIsWithin1e2OfDoublePrecision(double temperature) {
    InDouble reference = new InDouble(network, batch, temperature);
    double[] expected = reference.hessianTimes(w, reference.gradient(w));
    GradientFlow grasp = new GradientFlow(temperature, Pass.Mode.EVALUATE);
    double[] actual = flat(grasp.hessianGradientProduct(Connections.of(network, batch)));

    double norm = Math.sqrt(dot(expected, expected));
    double scale = dot(actual, expected) / dot(expected, expected);
    double error = 0;
    for (int j = 0; j < w.length; j++) {
      error += Math.pow(actual[j] - expected[j], 2);
    }
    assertThat(scale).isCloseTo(1, within(1e-2));
    assertThat(Math.sqrt(error) / norm).isLessThan(1e-2);
  }

  @Test
  void gradientFlowKeepsWhatItsRemovalWouldTakeMostFrom() {
    InDouble reference = new InDouble(network, batch, GradientFlow.TEMPERATURE);
    Scores scores = new GradientFlow().score(Connections.of(network, batch));
    double[] score = new double[w.length];
    double[] loss = new double[w.length];
    double whole = squaredLength(reference.gradient(w));
    int at = 0;
    for (String name : scores.names()) {
      for (float s : scores.of(name).toArray()) {
        double[] without = w.clone();
        without[at] *= 1 - 1e-4; // a little of it removed: the first order
        score[at] = s;
        loss[at++] = whole - squaredLength(reference.gradient(without));
      }
    }
    double cosine = dot(score, loss) / Math.sqrt(dot(score, score) * dot(loss, loss));
    assertThat(cosine).isGreaterThan(0.99);
    assertThat(Arrays.stream(score).min().orElseThrow()).isNegative();
  }

  @Test
  void brainDamageIsTheExactSecondDifferenceOfEachConnection() {
    InDouble reference = new InDouble(network, batch, 1);
    double[] actual = flat(BrainDamage.saliencies(Connections.of(network, batch)));
    double h = 1e-5;
    double largest = 0;
    for (double saliency : actual) {
      largest = Math.max(largest, saliency);
    }
    double middle = reference.loss(w);
    for (int j = 0; j < w.length; j++) {
      double[] moved = w.clone();
      moved[j] = w[j] + h;
      double up = reference.loss(moved);
      moved[j] = w[j] - h;
      double second = (up - 2 * middle + reference.loss(moved)) / (h * h);
      assertThat(actual[j]).as("%d", j).isCloseTo(second * w[j] * w[j] / 2, within(1e-3 * largest));
    }
  }

  @Test
  void secondOrderCriteriaLeaveNetworkAndStatisticsAsTheyWere() {
    Network residual = SmallNetworks.residual();
    Map<String, Tensor> before = residual.snapshot().values();
    Connections connections = Connections.of(residual, SmallNetworks.batch(residual, 4, 8));
    new GradientFlow(1, Pass.Mode.TRAIN).score(connections);
    new BrainDamage().score(connections);
    before.forEach(
        (name, value) ->
            assertThat(Objects.requireNonNull(residual.state().get(name)).toArray())
                .isEqualTo(value.toArray()));
  }

  /** With slope 0 a leaky ReLU is a ReLU, in convolutions with a maximum after them as well. */
  @Test
  void leakySwitchesAreHeldLikeTheOthers() {
    Network plain = activated(new Relu());
    Network leaky = activated(new LeakyRelu(0f));
    Batch pictures = SmallNetworks.batch(plain, 5, 16);
    GradientFlow grasp = new GradientFlow(1, Pass.Mode.EVALUATE);
    float[] a =
        Objects.requireNonNull(
                grasp.hessianGradientProduct(Connections.of(plain, pictures)).get("conv.weight"))
            .toArray();
    float[] b =
        Objects.requireNonNull(
                grasp.hessianGradientProduct(Connections.of(leaky, pictures)).get("conv.weight"))
            .toArray();
    assertThat(b).isEqualTo(a);
  }

  private static Network activated(Layer activation) {
    Seed seed = new Seed(6);
    Layer layers =
        new Sequential(
            new Conv2d("conv", Shape.of(3, 1, 3, 3), Conv2dSpec.VALID, VarianceScaling.he(), seed),
            activation,
            new MaxPool2d("pool", PoolSpec.square(2, 1, 0)),
            new Flatten(),
            new Linear("fc", 27, 4, VarianceScaling.he(), seed));
    return new Network("activated", Shape.of(1, 6, 6), 4, layers);
  }

  @Test
  void gradientFlowInRoundsMovesOnlyWhatIsLeft() {
    Connections connections = Connections.of(network, batch);
    Masks masks = Pruner.of(new GradientFlow()).prune(connections, 0.7);
    Map<String, Tensor> hg = new GradientFlow().hessianGradientProduct(connections.at(masks));
    masks
        .byName()
        .forEach(
            (name, mask) -> {
              float[] values = Objects.requireNonNull(hg.get(name)).toArray();
              for (int j = 0; j < values.length; j++) {
                assertThat(values[j] == 0 || mask.keeps(j)).isTrue();
              }
            });
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradientFlow(0, Pass.Mode.EVALUATE))
        .withMessage("temperature 0.0: expected a number above 0");
  }

  private double[] flat(Map<String, Tensor> byName) {
    return network.parameters().stream()
        .map(Parameter::name)
        .map(name -> Objects.requireNonNull(byName.get(name)).toArray())
        .flatMapToDouble(values -> IntStream.range(0, values.length).mapToDouble(j -> values[j]))
        .toArray();
  }

  private static double squaredLength(double[] a) {
    return dot(a, a);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
