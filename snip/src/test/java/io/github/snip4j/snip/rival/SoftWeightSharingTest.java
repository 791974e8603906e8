package io.github.snip4j.snip.rival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.snip.SmallNetworks;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftWeightSharingTest {
  private static final Adam ADAM = Adam.adam(0);
  private static final SoftWeightSharing.Settings SETTINGS = SoftWeightSharing.Settings.PUBLISHED;

  private static Tensor weights(int n) {
    Tensor w = Tensor.zeros(Shape.of(n));
    for (int i = 0; i < n; i++) {
      w.put(i, (float) (0.3 * new Seed(7).normal(i)));
    }
    return w;
  }

  /** A mixture in the middle of its training: no two components alike. */
  private static GaussianMixture moved() {
    GaussianMixture mixture = new GaussianMixture(SETTINGS, ADAM);
    Seed seed = new Seed(11);
    for (int j = 0; j < SETTINGS.components(); j++) {
      mixture.means()[j] += j == 0 ? 0f : (float) (0.05 * seed.normal(j));
      mixture.logPrecisions()[j] += (float) (0.7 * seed.normal(100 + j));
      mixture.proportions()[j] += (float) (0.8 * seed.normal(200 + j));
    }
    mixture.update(0, ADAM, 1); // with gradients of 0 nothing moves, but the kernel knows it
    return mixture;
  }

  /** The loss in double, term by term as it is written. */
  private static double loss(double[] w, double[] mean, double[] gamma, double[] rho) {
    double[] pi = new double[mean.length];
    double sum = 0;
    for (int j = 1; j < pi.length; j++) {
      sum += Math.exp(rho[j]);
    }
    for (int j = 0; j < pi.length; j++) {
      double pi0 = SETTINGS.zeroProportion();
      pi[j] = j == 0 ? pi0 : (1 - pi0) * Math.exp(rho[j]) / sum;
    }
    double loss = 0;
    for (double x : w) {
      double p = 0;
      for (int j = 0; j < pi.length; j++) {
        double d = x - mean[j];
        double lambda = Math.exp(gamma[j]);
        p += pi[j] * Math.sqrt(lambda / 2 / Math.PI) * Math.exp(-lambda * d * d / 2);
      }
      loss -= Math.log(p);
    }
    for (int j = 0; j < pi.length; j++) {
      SoftWeightSharing.Gamma prior = j == 0 ? SETTINGS.zeroPrior() : SETTINGS.prior();
      loss += (1 - prior.alpha()) * gamma[j] + prior.beta() * Math.exp(gamma[j]);
    }
    return loss;
  }

  private static double[] doubles(float... x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  /** Differences of the loss in double by each of some numbers. */
  private static double[] differences(double[][] arguments, int which) {
    double[] x = arguments[which];
    double[] slopes = new double[x.length];
    double h = 1e-5;
    for (int i = 0; i < x.length; i++) {
      double at = x[i];
      x[i] = at + h;
      double above = loss(arguments[0], arguments[1], arguments[2], arguments[3]);
      x[i] = at - h;
      double below = loss(arguments[0], arguments[1], arguments[2], arguments[3]);
      x[i] = at;
      slopes[i] = (above - below) / (2 * h);
    }
    return slopes;
  }

  private static void assertClose(float[] actual, double[] expected, int from, double tolerance) {
    double scale = 1;
    for (double e : expected) {
      scale = Math.max(scale, Math.abs(e));
    }
    for (int i = from; i < actual.length; i++) {
      assertThat((double) actual[i]).as("%s", i).isCloseTo(expected[i], within(tolerance * scale));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 128, 129, 300})
  void gradientsAreThoseOfDifferencesInDouble(int n) {
    GaussianMixture mixture = moved();
    Tensor w = weights(n);
    Tensor dw = Tensor.zeros(w.shape());
    double[][] arguments = {
      doubles(w.toArray()),
      doubles(mixture.means()),
      doubles(mixture.logPrecisions()),
      doubles(mixture.proportions())
    };
    double loss = mixture.loss(w, 1, dw) + mixture.precisionLoss();
    double expected = loss(arguments[0], arguments[1], arguments[2], arguments[3]);
    assertThat(loss).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    GaussianMixture.Gradients g = mixture.gradients(1);
    assertClose(dw.toArray(), differences(arguments, 0), 0, 2e-6);
    assertClose(g.mean, differences(arguments, 1), 1, 2e-6);
    assertClose(g.logPrecision, differences(arguments, 2), 0, 2e-6);
    assertClose(g.proportion, differences(arguments, 3), 1, 2e-6);
    assertThat(g.mean[0]).isZero(); // it stays at 0
  }

  @Test
  void severalPiecesAreAddedUpToWhatOneIs() {
    GaussianMixture whole = moved();
    GaussianMixture parts = moved();
    Tensor w = weights(20_000);
    double all = whole.loss(w, 0.5, Tensor.zeros(w.shape()));
    double sum = 0;
    for (int from = 0; from < 20_000; from += 4_000) {
      Tensor part = w.slice(from, from + 4_000).copy();
      sum += parts.loss(part, 0.5, Tensor.zeros(part.shape()));
    }
    assertThat(sum).isCloseTo(all, within(1e-5 * Math.abs(all)));
    assertClose(whole.gradients(1).mean, doubles(parts.gradients(1).mean), 0, 1e-5);
  }

  @Test
  void weightsFarFromAllComponentsHaveFiniteLossAndGradient() {
    GaussianMixture mixture = moved();
    for (int j = 0; j < SETTINGS.components(); j++) {
      mixture.logPrecisions()[j] = 10;
    }
    mixture.update(0, ADAM, 1);
    Tensor w = Tensor.of(Shape.of(2), -30, 40); // p(w) is 0 in any floating-point number
    Tensor dw = Tensor.zeros(w.shape());
    assertThat(mixture.loss(w, 1, dw)).isBetween(1e6, 1e8);
    assertThat(dw.at(0)).isLessThan(-1e5f).isGreaterThan(-1e7f);
    assertThat(dw.at(1)).isGreaterThan(1e5f).isLessThan(1e7f);
  }

  @Test
  void whatComponent0HasGivenIsPrunedAndTheRestHasTheMeansOfTheOthers() {
    float log = (float) Math.log(400); // deviations of 0.05
    SharedValues values =
        SharedValues.merged(
            new float[] {0, 0.5f, -0.5f},
            new float[] {log, log, log},
            new double[] {0.9, 0.05, 0.05});
    assertThat(values.mean).containsExactly(0, 0.5, -0.5);
    Tensor w = Tensor.of(Shape.of(1, 6), 0.02f, 0.24f, 0.27f, 0.7f, -0.1f, -0.4f);
    Mask mask = values.apply(w);
    // between 0 and 0.5 the cut is where 0.9 N(w | 0) = 0.05 N(w | 0.5): 0.25 + ln(18) / 200
    assertThat(w.toArray()).containsExactly(0, 0, 0.5f, 0.5f, 0, -0.5f);
    assertThat(mask.toArray()).containsExactly(false, false, true, true, false, true);
  }

  @Test
  void componentsThatAreTheSameAreMerged() {
    SharedValues values =
        SharedValues.merged(
            new float[] {0, 0.3f, 1e-9f, 0.3f, 0.3f},
            new float[] {4, 6, 4, 6, 2},
            new double[] {0.5, 0.1, 0.2, 0.15, 0.05});
    double[] expected = {0, 0.3, 0.3}; // two are the same, one is as component 0
    assertThat(values.mean).containsExactly(expected, within(1e-7));
    assertThat(values.proportion).containsExactly(new double[] {0.7, 0.25, 0.05}, within(1e-12));
    assertThat(values.mean[0]).isZero();
    assertThat(values.precision[1]).isCloseTo(Math.exp(6), within(1e-3));
  }

  @Test
  void aNetworkIsPrunedAndQuantisedAtOnce() {
    SoftWeightSharing.Settings settings =
        new SoftWeightSharing.Settings(
            8,
            0.9,
            0.6,
            0.25,
            new SoftWeightSharing.Gamma(500, 0.2),
            new SoftWeightSharing.Gamma(250, 0.1),
            0.05,
            1e-2,
            2e-3,
            5e-2,
            5e-2,
            30,
            15);
    SoftWeightSharing sws = new SoftWeightSharing(settings);
    Network network = Examples.trained();
    Network pruned = sws.prune(network, Examples.batches(), 3, RivalListener.NONE);
    Set<Float> values = new HashSet<>();
    for (Parameter p : pruned.parameters()) {
      for (float w : p.value().toArray()) {
        assertThat(w).isNotZero();
        values.add(w);
      }
    }
    assertThat(values).hasSizeBetween(2, 7);
    Quantised quantised = Quantised.of(pruned);
    assertThat(quantised.values()).isEqualTo(values.size());
    assertThat(quantised.kept()).isBetween(4, network.connections() * 6 / 10);
    assertThat(Evaluation.of(pruned, Examples.batches()).error()).isLessThan(0.08);
    Examples.assertSame(pruned, sws.prune(network, Examples.batches(), 3, RivalListener.NONE));
  }

  @Test
  void bitsAreCountedWithFillersWhereDistancesAreTooLarge() {
    Network network = SmallNetworks.connected(64, 4, 2); // 64 x 4 + 4 + 4 x 2 + 2 = 270
    boolean[] keep = new boolean[256];
    for (int i : new int[] {0, 1, 3, 4, 6, 255}) {
      keep[i] = true;
    }
    Network pruned =
        network.restructured(
            Map.of(
                "fc1.weight", new Mask(Shape.of(4, 64), keep),
                "fc1.bias", new Mask(Shape.of(4), new boolean[4]),
                "fc2.weight", new Mask(Shape.of(2, 4), new boolean[8]),
                "fc2.bias", new Mask(Shape.of(2), new boolean[2])));
    Tensor w = pruned.parameter("fc1.weight").value();
    w.copyFrom(Tensor.of(w.shape(), 0.5f, -0.5f, 0.5f, 0.25f, -0.5f, 0.5f));
    Quantised quantised = Quantised.of(pruned);
    // gaps 0, 0, 1, 0, 1, 248: with 5 bits 7 fillers, (6 + 7) (2 + 5) = 91; with 6 bits 3,
    // (6 + 3) (2 + 6) = 72; with 7 bits 1, 7 x 9 = 63; with 8 bits none, 6 x 10 = 60
    assertThat(quantised).isEqualTo(new Quantised(270, 6, 3, 8, 0, 3 * 32 + 60));
    assertThat(quantised.ratio()).isCloseTo(270.0 * 32 / 156, within(1e-12));
  }

  @Test
  void aNetworkOfWhichNothingIsLeftIsRefused() {
    Network small = Examples.untrained().on(p -> p.copy());
    for (Parameter p : small.parameters()) {
      for (int i = 0; i < p.size(); i++) {
        p.value().put(i, 1e-4f * p.value().at(i));
      }
      p.changed();
    }
    SoftWeightSharing.Gamma narrow = new SoftWeightSharing.Gamma(5000, 2);
    SoftWeightSharing.Settings settings =
        new SoftWeightSharing.Settings(3, 0.999, 0.6, 0.1, narrow, narrow, 1, 1e-6, 0, 0, 0, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SoftWeightSharing(settings)
                    .prune(small, Examples.batches(), 1, RivalListener.NONE))
        .withMessage(
            "SWS: none of the connections of small is left: expected a smaller tau, or fewer"
                + " epochs");
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SETTINGS.withTau(-1))
        .withMessageContaining("tau -1.0")
        .withMessageContaining("finite numbers of at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SoftWeightSharing.Gamma(0.5, 1))
        .withMessageContaining("alpha of at least 1");
  }
}
