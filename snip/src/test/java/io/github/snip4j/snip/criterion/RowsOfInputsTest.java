package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Embedding;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.layer.TransposedConv2d;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.SmallNetworks;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Skeletonization where the rows of a weight belong to units that come in, not to those after. */
class RowsOfInputsTest {
  private static final Seed SEED = new Seed(1);
  private static final VarianceScaling INIT = VarianceScaling.lecun();

  @Test
  void eachWordOfATableIsAUnit() {
    Layer mean = (x, pass) -> Reductions.mean(x, Reductions.Reduced.GOES, 0);
    Network network =
        new Network(
            "words",
            Shape.of(3),
            2,
            new Sequential(
                new Embedding("words", 4, 5, INIT, SEED),
                mean,
                new Tanh(),
                new Linear("head", 5, 2, INIT, SEED)));
    Tensor ids = Tensor.of(Shape.of(3, 2), 0, 1, 2, 2, 1, 0);
    assertRowsAreUnits(network, new Batch(ids, new int[] {0, 1}), "words.weight");
  }

  @Test
  void eachInputChannelOfATransposedConvolutionIsAUnit() {
    Conv2dSpec spec = Conv2dSpec.VALID.withStride(2).withGroups(2);
    Network network =
        new Network(
            "larger",
            Shape.of(4, 3, 3),
            2,
            new Sequential(
                new TransposedConv2d("up", Shape.of(4, 3, 2, 2), spec, 0, 0, INIT, SEED),
                new Tanh(),
                new GlobalAveragePool("pool"),
                new Linear("head", 6, 2, INIT, SEED)));
    assertRowsAreUnits(network, SmallNetworks.batch(network, 3, 8), "up.weight");
  }

  /** Each element of a row has the sum of the row's sensitivities, up to the common factor. */
  private static void assertRowsAreUnits(Network network, Batch batch, String name) {
    Tensor scores = new UnitRelevance().score(Connections.of(network, batch)).of(name);
    Tensor g =
        Objects.requireNonNull(
            ConnectionSensitivity.of(network, batch, p -> p.role().isConnection()).get(name));
    int rows = g.shape().dim(0);
    int width = g.size() / rows;
    double[] sums = new double[rows];
    for (int i = 0; i < g.size(); i++) {
      sums[i / width] += g.at(i);
    }
    double factor = scores.at(0) / Math.abs(sums[0]);
    for (int i = 0; i < g.size(); i++) {
      double expected = factor * Math.abs(sums[i / width]);
      assertThat((double) scores.at(i)).isCloseTo(expected, within(1e-5 * (1e-3 + expected)));
    }
  }
}
