package io.github.snip4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Sampling;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The paper's figure 2: what is kept on examples of one digit looks like that digit. */
class FigureTwoTest {
  @Test
  void onABatchOfOneDigitThePixelsOfThatDigitKeepTheirConnections() throws IOException {
    Splits mnist = Mnist.load().split(new Seed(1));
    Network network = LeNet300100.create(new Seed(1));
    double[][] digits = new double[10][];
    for (int k = 0; k < 10; k++) {
      digits[k] = mean(mnist.validation().sample(300, Sampling.ofClass(k), new Seed(2)));
    }
    for (int k = 0; k < 10; k++) {
      Batch batch = mnist.train().sample(100, Sampling.ofClass(k), new Seed(3));
      Scores scores = ConnectionSensitivity.score(network, batch);
      Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.9));
      double[] kept = counts(KeptPixels.of(masks.of("fc1.weight"), network.input()));
      int most = 0;
      for (int other = 1; other < 10; other++) {
        most = correlation(kept, digits[other]) > correlation(kept, digits[most]) ? other : most;
      }
      assertThat(most).isEqualTo(k);
      assertThat(correlation(kept, digits[k])).isGreaterThan(0.6);
    }
  }

  @Test
  void connectionsOfAllUnitsAndChannelsAreCountedAtTheirPixel() {
    boolean[] keep = new boolean[2 * 3 * 4]; // [units, C H W] with C = 3, H W = 2 x 2
    keep[1] = keep[4 + 1] = keep[12 + 1] = keep[12 + 8 + 2] = true;
    KeptPixels pixels = KeptPixels.of(new Mask(Shape.of(2, 12), keep), Shape.of(3, 2, 2));
    assertThat(counts(pixels)).containsExactly(0, 3, 1, 0);
    assertThat(pixels.most()).isEqualTo(3);
    assertThat(pixels.words()).startsWith("2 of 4 pixels keep one of 4 connections");
    assertThatThrownBy(() -> KeptPixels.of(new Mask(Shape.of(2, 12), keep), Shape.of(1, 2, 2)))
        .hasMessage("kept pixels: mask [2, 12]: expected [units, 4]");
  }

  private static double[] counts(KeptPixels pixels) {
    int side = (int) Math.sqrt(pixels.picture(1).width() * pixels.picture(1).height());
    double[] counts = new double[side * side];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = pixels.at(i / side, i % side);
    }
    return counts;
  }

  private static double[] mean(Batch batch) {
    double[] mean = new double[28 * 28];
    for (int p = 0; p < mean.length; p++) {
      for (int i = 0; i < batch.size(); i++) {
        mean[p] += batch.x().get(0, p / 28, p % 28, i) / batch.size();
      }
    }
    return mean;
  }

  private static double correlation(double[] a, double[] b) {
    double ma = 0;
    double mb = 0;
    for (int i = 0; i < a.length; i++) {
      ma += a[i] / a.length;
      mb += b[i] / b.length;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - ma) * (b[i] - mb);
      aa += (a[i] - ma) * (a[i] - ma);
      bb += (b[i] - mb) * (b[i] - mb);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
