package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole network at work, as in {@code vgg-like-97-32}: pruned to 97 %, batches of 32.
 *
 * @param network the name of a model
 * @param sparsity the share that is pruned, in per cent
 * @param batch how many examples are computed at a time
 */
record Workload(String network, double sparsity, int batch) {
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d+(?:\\.\\d+)?)-(\\d+)");
  private static final Seed SEED = new Seed(1);

  /** Connections are scored on so many examples, whatever the batch. */
  private static final int SCORED = 100;

  /** Reads its text. */
  static Workload of(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "workload " + text + ": expected network-sparsity-batch, as in vgg-like-97-32");
    }
    return new Workload(m.group(1), Double.parseDouble(m.group(2)), Integer.parseInt(m.group(3)));
  }

  /** The network as it is drawn, dense; the same each time. */
  Network create() {
    Model model = Models.named(network);
    if (model == null) {
      throw new IllegalArgumentException(
          "workload: " + network + ": expected a model's name, as in lenet-300-100");
    }
    return model.create(VarianceScaling.lecun(), SEED);
  }

  /** Noise to learn by heart; the same each time. */
  Batch examples(Network of) {
    return noise(of, batch);
  }

  /** What SNIP keeps of a network that is as {@link #create} made it. */
  Masks masks(Network fresh) {
    return Masks.keepTop(
        ConnectionSensitivity.score(fresh, noise(fresh, SCORED)),
        Kappa.of(fresh.connections(), sparsity / 100));
  }

  private static Batch noise(Network of, int examples) {
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % of.classes();
    }
    Shape x = of.input().append(examples);
    return new Batch(MadeUp.uniform("x", x), labels);
  }
}
