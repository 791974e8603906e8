package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.SmallNetworks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer-wise surgeon against the exact one, and both against their definitions. */
class BrainSurgeonTest {
  private static final int EXAMPLES = 60;
  private static final TrainingPlan NOTHING = TrainingPlan.of(0, 0);
  private static final double DAMPING = 1e-6;

  /** One linear layer with squared error at its minimum on correlated inputs. */
  private static Network minimum(int in, int out) {
    Network network = SmallNetworks.connected(in, out).with(Objective.meanSquared());
    BatchSource data = Small.regression(in, out, EXAMPLES);
    Layer layer = new Linear("fc1", in, out, VarianceScaling.lecun(), new Seed(1));
    InputMoments moments = new InputMoments(layer);
    moments.add(data.at(0).x());
    double[] h = moments.hessian(0, 0);
    Cholesky normal = Cholesky.of(h, in + 1);
    Tensor x = data.at(0).x();
    Tensor y = data.at(0).targets().values();
    for (int r = 0; r < out; r++) {
      double[] b = new double[in + 1];
      for (int n = 0; n < EXAMPLES; n++) {
        for (int i = 0; i <= in; i++) {
          double input = i == in ? 1 : x.at(i * EXAMPLES + n);
          b[i] += input * y.at(r * EXAMPLES + n) / EXAMPLES;
        }
      }
      double[] w = normal.solve(b);
      for (int i = 0; i < in; i++) {
        network.parameter("fc1.weight").value().put(r * in + i, (float) w[i]);
      }
      network.parameter("fc1.bias").value().put(r, (float) w[in]);
    }
    network.parameters().forEach(Parameter::changed);
    return network;
  }

  private static Network layerwise(
      Network network, BatchSource data, double sparsity, WeightUpdate update) {
    Rival rival =
        new LayerwiseBrainSurgeon(
            sparsity, Allocation.global(), update, 1, 1, EXAMPLES, DAMPING, NOTHING);
    return rival.prune(network, data, 1, RivalListener.NONE);
  }

  private static void assertSame(Network one, Network other, float tolerance) {
    for (Parameter p : one.parameters()) {
      Parameter q = other.parameter(p.name());
      assertThat(p.structure().positions()).isEqualTo(q.structure().positions());
      assertThat(p.value().toArray()).containsExactly(q.value().toArray(), within(tolerance));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightUpdate.class,
      names = {"SEQUENTIAL", "LEAST_SQUARES"})
  void layerwiseIsExactWhereOneConnectionGoes(WeightUpdate update) {
    Network network = minimum(7, 3);
    BatchSource data = Small.regression(7, 3, EXAMPLES);
    double one = 1.0 / network.connections();
    Network exact =
        new OptimalBrainSurgeon(one, 1, EXAMPLES, 0).prune(network, data, 1, RivalListener.NONE);
    assertThat(Small.kept(exact)).isEqualTo(23);
    assertSame(layerwise(network, data, one, update), exact, 2e-4f);
  }

  /** H⁻¹ of what is left is computed anew in each round of one connection. */
  @Test
  void layerwiseIsExactWhereManyGoOneByOne() {
    Network network = minimum(7, 3);
    BatchSource data = Small.regression(7, 3, EXAMPLES);
    Network exact =
        new OptimalBrainSurgeon(0.5, 1, EXAMPLES, 0).prune(network, data, 1, RivalListener.NONE);
    Network layerwise = network;
    for (int left = 23; left >= 12; left--) {
      layerwise = layerwise(layerwise, data, 1 - left / 24.0, WeightUpdate.LEAST_SQUARES);
      assertThat(Small.kept(layerwise)).isEqualTo(left);
    }
    assertThat(Small.kept(exact)).isEqualTo(12);
    assertSame(layerwise, exact, 1e-3f);
  }

  /** The loss that the exact surgeon predicts is the loss that is there, as it is quadratic. */
  @Test
  void noOtherConnectionAndNoOtherWeightsWouldDoBetterThanTheExactSurgeon() {
    Network network = minimum(5, 2);
    BatchSource data = Small.regression(5, 2, EXAMPLES);
    double one = 1.0 / network.connections();
    Network exact =
        new OptimalBrainSurgeon(one, 1, EXAMPLES, 0).prune(network, data, 1, RivalListener.NONE);
    double least = Small.loss(exact, data);
    assertThat(least).isGreaterThan(Small.loss(network, data));
    for (Parameter p : exact.parameters()) {
      for (int k = 0; k < p.value().size(); k++) {
        for (float step : new float[] {0.02f, -0.02f}) {
          float before = p.value().at(k);
          p.value().put(k, before + step);
          p.changed();
          assertThat(Small.loss(exact, data)).isGreaterThan(least);
          p.value().put(k, before);
          p.changed();
        }
      }
    }
  }

  @Test
  void leastSquaresLosesLessThanTheStepsAndTheseLessThanNothing() {
    Network network = minimum(9, 4);
    BatchSource data = Small.regression(9, 4, EXAMPLES);
    double none = Small.loss(layerwise(network, data, 0.5, WeightUpdate.NONE), data);
    double steps = Small.loss(layerwise(network, data, 0.5, WeightUpdate.SEQUENTIAL), data);
    double best = Small.loss(layerwise(network, data, 0.5, WeightUpdate.LEAST_SQUARES), data);
    assertThat(best).isLessThan(steps);
    assertThat(steps).isLessThan(none);
  }

  static List<Layer> layers() {
    Seed seed = new Seed(3);
    VarianceScaling init = VarianceScaling.lecun();
    Conv2dSpec spec = Conv2dSpec.VALID;
    Shape filters = Shape.of(6, 4, 3, 2);
    return List.of(
        new Linear("fc", 5, 7, init, seed),
        new Conv2d("conv", filters, spec, init, seed),
        new Conv2d("conv", filters, spec.withStride(2).withPadding(2, 0, 1, 3), init, seed),
        Conv2d.withoutBias("conv", filters, spec.withDilation(2).withPadding(1), init, seed),
        new Conv2d("conv", Shape.of(6, 2, 3, 2), spec.withGroups(2).withPadding(1), init, seed));
  }

  /** Σ wᵀ H w over the units is the mean over examples and places of the squared outputs. */
  @ParameterizedTest
  @MethodSource("layers")
  void momentsGiveTheMeanSquareOfTheOutputs(Layer layer) {
    if (layer.parameters().size() > 1) {
      Parameter bias = layer.parameters().get(1);
      bias.value().copyFrom(Small.normal(bias.shape(), "bias"));
      bias.changed();
    }
    boolean linear = layer instanceof Linear;
    Tensor x = Small.normal(linear ? Shape.of(5, 8) : Shape.of(4, 7, 6, 8), "input");
    InputMoments moments = new InputMoments(layer);
    moments.add(x);
    float[] y = Pass.evaluation().through(layer, Variable.constant(x)).value().toArray();
    double squares = 0;
    for (float value : y) {
      squares += (double) value * value;
    }
    Parameter weight = layer.parameters().get(0);
    int units = weight.shape().dim(0);
    int inputs = weight.size() / units;
    double energy = 0;
    for (int r = 0; r < units; r++) {
      double[] w = new double[moments.size()];
      for (int i = 0; i < inputs; i++) {
        w[i] = weight.value().at(r * inputs + i);
      }
      if (w.length > inputs) {
        w[inputs] = layer.parameters().get(1).value().at(r);
      }
      energy += new UnitSurgeon(w, moments.hessian(moments.group(r), 0)).energy();
    }
    assertThat(energy).isCloseTo(squares * units / y.length, within(1e-5 * energy));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 32, 33, 70})
  void choleskySolvesAndInverts(int n) {
    Tensor b = Small.normal(Shape.of(n, n), "matrix");
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          a[i * n + j] += (double) b.at(i * n + k) * b.at(j * n + k);
        }
        a[i * n + j] += i == j ? 0.1 : 0;
      }
    }
    Cholesky cholesky = Cholesky.of(a, n);
    double[] inverse = cholesky.inverse();
    double[] e = new double[n];
    e[n - 1] = 1;
    double[] column = cholesky.solve(e);
    double[] diagonal = cholesky.inverseDiagonal();
    for (int i = 0; i < n; i++) {
      assertThat(diagonal[i]).isCloseTo(inverse[i * n + i], within(1e-9));
      assertThat(column[i]).isCloseTo(inverse[i * n + n - 1], within(1e-9));
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * inverse[k * n + j];
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-9));
      }
    }
  }

  @Test
  void refusesMatricesAndNetworksThatHaveNoInverseOrAreTooLarge() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cholesky.of(new double[] {1, 2, 2, 1}, 2))
        .withMessageContaining("expected a positive definite matrix");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new OptimalBrainSurgeon(0.5)
                    .prune(
                        SmallNetworks.connected(100, 100),
                        Small.regression(100, 100, 9),
                        1,
                        RivalListener.NONE))
        .withMessage(
            "OBS: small has 10100 connections, and their Hessian would not fit: expected at most"
                + " 4000; the layer-wise surgeon takes larger networks");
    Network wide = SmallNetworks.connected(10_000, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LayerwiseBrainSurgeon.withoutRetraining(0.5)
                    .prune(wide, Small.regression(10_000, 1, 1), 1, RivalListener.NONE))
        .withMessageContaining(
            "L-OBS: each unit of fc1 has 10001 weights, and their Hessian would not fit:"
                + " expected at most 10000");
    Network flat = SmallNetworks.connected(5, 2).with(Objective.meanSquared());
    BatchSource few = Small.regression(5, 2, 3); // fewer examples than inputs
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new OptimalBrainSurgeon(0.5, 1, 3, 0).prune(flat, few, 1, RivalListener.NONE))
        .withMessageContaining("expected a network nearer to a minimum, or a larger damping");
  }

  /** Two inputs are nearly the same: each alone can go, both cannot. */
  @Test
  void scoresAnewAfterACutWhereWeightsCanStandInForEachOther() {
    Network network = SmallNetworks.connected(3, 1).with(Objective.meanSquared());
    Small.set(network.parameter("fc1.weight"), 1, 1, 0.3f);
    Tensor x = Small.normal(Shape.of(3, EXAMPLES), "twins");
    for (int n = 0; n < EXAMPLES; n++) {
      x.put(EXAMPLES + n, x.at(n) + 0.01f * x.at(EXAMPLES + n));
    }
    Targets answers = Targets.values(network.logits(x));
    BatchSource data = Batches.of(x, answers).inOrder(EXAMPLES);
    Network atOnce = cut(network, data, 1);
    Network twice = cut(network, data, 2);
    assertThat(atOnce.parameter("fc1.weight").structure().positions()).containsExactly(2);
    assertThat(Small.loss(atOnce, data)).isGreaterThan(1);
    assertThat(twice.parameter("fc1.weight").structure().positions()).hasSize(1).doesNotContain(2);
    assertThat(twice.parameter("fc1.weight").value().at(0)).isCloseTo(2, within(0.2f));
    assertThat(Small.loss(twice, data)).isLessThan(0.15);
  }

  /** Down to one of three weights and a bias of 0. */
  private static Network cut(Network network, BatchSource data, int cuts) {
    Rival rival =
        new LayerwiseBrainSurgeon(
            0.75,
            Allocation.global(),
            WeightUpdate.LEAST_SQUARES,
            1,
            cuts,
            EXAMPLES,
            DAMPING,
            NOTHING);
    return rival.prune(network, data, 1, RivalListener.NONE);
  }
}
