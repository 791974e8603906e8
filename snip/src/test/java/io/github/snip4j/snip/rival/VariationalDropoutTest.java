package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.init.Normal;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.snip.SmallNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariationalDropoutTest {
  private static final Adam ADAM = Adam.adam(0);
  private static final double DIVERGENCE = 0.3;

  /** -KL = ½ log α - E log |1 + √α ε| + E log |ε|, which goes to 0 as α grows. */
  private static double integral(double logAlpha) {
    double expected = meanLog(Math.exp(logAlpha / 2));
    double constant = -0.6351814227307392; // E log |ε| = -(γ + ln 2) / 2
    return -(0.5 * logAlpha - expected + constant);
  }

  /** E log |1 + s ε|, by midpoints in y with ε = y³ - 1/s: smooth where the logarithm is not. */
  private static double meanLog(double s) {
    double pole = -1 / s;
    double low = Math.cbrt(-12 - pole);
    double high = Math.cbrt(12 - pole);
    int n = 40_000;
    double h = (high - low) / n;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double y = low + (i + 0.5) * h;
      double epsilon = y * y * y + pole;
      double density = Math.exp(-epsilon * epsilon / 2) / Math.sqrt(2 * Math.PI);
      sum += density * Math.log(s * Math.abs(y * y * y)) * 3 * y * y;
    }
    return sum * h;
  }

  @Test
  void theDivergenceIsItsIntegralToWithinAHundredth() {
    double worst = 0;
    for (double a = -8; a <= 8; a += 0.25) {
      worst = Math.max(worst, Math.abs(LogUniformDivergence.of(a) - integral(a)));
    }
    assertThat(worst).isLessThan(0.0095);
    assertThat(integral(20)).isCloseTo(0, within(1e-4)); // the constant is right
    assertThat(LogUniformDivergence.of(20)).isCloseTo(0, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-7, -2.5, -1, 0, 0.75, 3, 6})
  void theSlopeOfTheDivergenceIsThatOfItsDifferences(double a) {
    double h = 1e-4;
    double differences = (LogUniformDivergence.of(a + h) - LogUniformDivergence.of(a - h)) / 2 / h;
    double line = LogUniformDivergence.K2 + LogUniformDivergence.K3 * a;
    float sigmoid = (float) (1 / (1 + Math.exp(-line)));
    float minus = (float) (1 / (1 + Math.exp(a)));
    assertThat((double) LogUniformDivergence.slope(sigmoid, minus))
        .isCloseTo(differences, within(1e-6));
  }

  private static Network smooth() {
    Normal normal = new Normal(0.4);
    Seed seed = new Seed(3);
    return new Network(
        "smooth",
        Shape.of(2, 4, 4),
        3,
        new Sequential(
            new Conv2d("conv", Shape.of(3, 2, 2, 2), Conv2dSpec.VALID, normal, seed),
            new Tanh(),
            new Flatten(),
            new Linear("fc1", 27, 5, normal, seed),
            new Tanh(),
            new Linear("fc2", 5, 3, normal, seed)));
  }

  /** The loss with fixed noise, and the divergence added up in double. */
  private static double total(VariationalNetwork q, Batch batch) {
    double sum = q.draw(new Seed(9)).loss(batch).value().item();
    for (Parameter p : q.means().parameters()) {
      if (p.role() == Parameter.Role.WEIGHT) {
        float[] logVariance = q.weight(p.name()).logVariance();
        for (int i = 0; i < p.size(); i++) {
          double a = logVariance[i] - 2 * Math.log(Math.abs(p.value().at(i)));
          sum += DIVERGENCE * LogUniformDivergence.of(Math.max(-8, Math.min(8, a)));
        }
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "conv.weight, -2",
    "fc1.weight, -1",
    "fc2.weight, -3",
    "fc1.weight, -14",
    "conv.weight, 9",
    "fc1.bias, -2",
    "conv.bias, -1"
  })
  void gradientsWithFixedNoiseAreThoseOfDifferences(String name, double logVariance) {
    VariationalDropout.Settings settings =
        new VariationalDropout.Settings(1, 1e-3, 1, logVariance, 0, 0, 3, false);
    VariationalNetwork q = new VariationalNetwork(smooth(), settings);
    Batch batch = SmallNetworks.batch(q.means(), 4, 6);
    VariationalNetwork.Draw draw = q.draw(new Seed(9));
    ParameterGradients byTheta = draw.update(draw.loss(batch).backward(), DIVERGENCE, ADAM, 0, 1);
    Parameter p = q.means().parameter(name);
    checkDirection(q, batch, p.value().data(), p.value().offset(), byTheta.of(name));
    if (p.role() == Parameter.Role.WEIGHT) {
      VariationalWeight weight = q.weight(name);
      Tensor gradient = Tensor.of(p.shape(), weight.gradient());
      checkDirection(q, batch, weight.logVariance(), 0, gradient);
    }
  }

  /** Moves numbers along their gradient, in proportion to their size, so that no sign changes. */
  private static void checkDirection(
      VariationalNetwork q, Batch batch, float[] numbers, int at, Tensor gradient) {
    float[] before = numbers.clone();
    double expected = 0;
    double[] slopes = new double[2];
    for (int k = 0; k < 2; k++) {
      double h = 4e-3 * (k + 1);
      double[] values = new double[2];
      for (int side = 0; side < 2; side++) {
        double t = side == 0 ? -h : h;
        expected = 0;
        for (int i = 0; i < gradient.size(); i++) {
          double u = Math.signum(gradient.at(i)) * Math.max(Math.abs(before[at + i]), 1e-3);
          numbers[at + i] = (float) (before[at + i] + t * u);
          expected += gradient.at(i) * u;
        }
        values[side] = total(q, batch);
      }
      slopes[k] = (values[1] - values[0]) / (2 * h);
    }
    System.arraycopy(before, 0, numbers, 0, before.length);
    double differences = (4 * slopes[0] - slopes[1]) / 3;
    assertThat(differences).isCloseTo(expected, within(2e-3 * Math.max(1, Math.abs(expected))));
  }

  @Test
  void whatIsPrunedIsExactly0AndOnlyTheUsefulIsKept() {
    VariationalDropout.Settings settings =
        new VariationalDropout.Settings(150, 1e-2, 75, -6, 0, 50, 3, true);
    VariationalDropout svd = new VariationalDropout(settings);
    Network network = Examples.untrained();
    Network pruned = svd.prune(network, Examples.batches(), 5, RivalListener.NONE);
    Parameter first = pruned.parameter("fc1.weight");
    assertThat(first.isPruned()).isTrue();
    assertThat(first.structure().count()).isBetween(2, 48);
    int informative = 0;
    for (int position : first.structure().positions()) {
      informative += position % 16 < 2 ? 1 : 0;
    }
    assertThat(informative).isGreaterThan(first.structure().count() / 2);
    float[] dense = first.dense().toArray();
    int zeros = 0;
    for (float w : dense) {
      zeros += w == 0f ? 1 : 0;
    }
    assertThat(zeros).isEqualTo(first.size() - first.structure().count());
    assertThat(Evaluation.of(pruned, Examples.batches()).error()).isLessThan(0.05);
    assertThat(network.parameters()).noneMatch(Parameter::isPruned);
    Examples.assertSame(pruned, svd.prune(network, Examples.batches(), 5, RivalListener.NONE));
  }

  @Test
  void rateAndDivergenceFollowTheSchedule() {
    VariationalDropout.Settings s = VariationalDropout.Settings.PUBLISHED;
    assertThat(s.rateAt(99)).isEqualTo(1e-3);
    assertThat(s.rateAt(150)).isCloseTo(5e-4, within(1e-12));
    assertThat(s.divergenceAt(4.9)).isZero();
    assertThat(s.divergenceAt(12.5)).isCloseTo(0.5, within(1e-12));
    assertThat(s.divergenceAt(20)).isEqualTo(1);
  }

  @Test
  void weightsOfOtherLayersAreRefused() {
    Network lstm =
        new Network(
            "lstm",
            Shape.of(3, 2),
            4,
            new Sequential(
                new Lstm("lstm", 2, 5, 1f, new Normal(0.1), new Seed(1)),
                new LastTimeStep(),
                new Linear("fc", 5, 4, new Normal(0.1), new Seed(1))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new VariationalDropout().prune(lstm, Examples.batches(), 1, RivalListener.NONE))
        .withMessage(
            "SVD: lstm.weight[20, 7] of lstm is neither of a fully connected layer nor of a"
                + " convolution: expected a network whose weights and biases are");
  }
}
