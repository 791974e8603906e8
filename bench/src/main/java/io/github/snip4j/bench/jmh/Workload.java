package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole network at work, as in {@code vgg-like-97-32}: pruned to 97 %, batches of 32.
 *
 * @param name of a model
 * @param sparsity the share that is pruned, in per cent
 * @param batch how many examples are computed at a time
 */
record Workload(String name, double sparsity, int batch) {
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d+(?:\\.\\d+)?)-(\\d+)");
  private static final Seed SEED = new Seed(1);

  /**
   * Connections are scored on so many examples, whatever the batch: layers keep nearly what they
   * keep when scored on 100 pictures of MNIST.
   */
  private static final int SCORED = 32;

  /** Reads its text. */
  static Workload of(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "workload " + text + ": expected network-sparsity-batch, as in vgg-like-97-32");
    }
    return new Workload(m.group(1), Double.parseDouble(m.group(2)), Integer.parseInt(m.group(3)));
  }

  /**
   * The network; the same numbers each time.
   *
   * @param variant {@code dense}: not pruned; {@code masked}: pruned, computed with the zeros;
   *     {@code sparse}: pruned, computed without
   */
  Network network(String variant) {
    Model model = Models.named(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "workload: " + name + ": expected a model's name, as in lenet-300-100");
    }
    Network dense = model.create(VarianceScaling.lecun(), SEED);
    return switch (variant) {
      case "dense" -> dense;
      case "masked" -> dense.restructured(masks(dense).byName(), Map.of());
      case "sparse" -> Sparsifier.compile(dense, masks(dense));
      default ->
          throw new IllegalArgumentException(
              "variant " + variant + ": expected dense, masked or sparse");
    };
  }

  /** What SNIP keeps. */
  private Masks masks(Network dense) {
    return Masks.keepTop(
        ConnectionSensitivity.score(dense, noise(dense, SCORED)),
        Kappa.of(dense.connections(), sparsity / 100));
  }

  /** Noise for it to learn by heart; the same each time. */
  Batch examples(Network network) {
    return noise(network, batch);
  }

  private static Batch noise(Network network, int examples) {
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % network.outputs();
    }
    return new Batch(MadeUp.uniform("x", network.input().append(examples)), labels);
  }
}
