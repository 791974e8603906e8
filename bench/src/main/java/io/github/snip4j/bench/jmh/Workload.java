package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.onnx.OnnxFile;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scope;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole network at work, as in {@code vgg-like-97-32}: pruned to 97 %, batches of 32.
 *
 * @param name of a model; with {@code -onnx} after it, that model written as an ONNX file and read
 *     again; or {@code decoder}, see {@link TextDecoder}
 * @param sparsity the share that is pruned, in per cent
 * @param batch how many examples are computed at a time
 */
record Workload(String name, double sparsity, int batch) {
  private static final Pattern FORM = Pattern.compile("(.+)-(\\d+(?:\\.\\d+)?)-(\\d{1,6})");
  private static final Seed SEED = new Seed(1);
  private static final String ONNX = "-onnx";

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
    Network dense = whole();
    return switch (variant) {
      case "dense" -> dense;
      case "masked" -> dense.restructured(masks(dense).byName(), Map.of());
      case "sparse" -> Sparsifier.compile(dense, masks(dense));
      default ->
          throw new IllegalArgumentException(
              "variant " + variant + ": expected dense, masked or sparse");
    };
  }

  private Network whole() {
    if (name.equals(TextDecoder.NAME)) {
      return TextDecoder.create(SEED);
    }
    boolean onnx = name.endsWith(ONNX);
    String modelName = onnx ? name.substring(0, name.length() - ONNX.length()) : name;
    Model model = Models.named(modelName);
    if (model == null) {
      throw new IllegalArgumentException(
          "workload: " + name + ": expected a model's name, as in lenet-300-100");
    }
    Network network = model.create(VarianceScaling.lecun(), SEED);
    return onnx ? writtenAndRead(network) : network;
  }

  private static Network writtenAndRead(Network network) {
    try {
      Path file = Files.createTempFile("written", ".onnx");
      try {
        OnnxFile.write(file, network, false);
        try (InputStream in = Files.newInputStream(file)) {
          return OnnxFile.read(network.name(), in);
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What SNIP keeps. */
  private Masks masks(Network dense) {
    boolean decodes = name.equals(TextDecoder.NAME);
    Scope scope = decodes ? TextDecoder.PRUNED : Biases.SCORED;
    int examples = decodes ? TextDecoder.SCORED : SCORED;
    Scores scores = ConnectionSensitivity.score(dense, noise(dense, examples), scope);
    return Masks.keepTop(scores, Kappa.of(scores.size(), sparsity / 100));
  }

  /** Noise for it to learn by heart; the same each time. */
  Batch examples(Network network) {
    return noise(network, batch);
  }

  /**
   * The arithmetic of a network of this workload; that of one from an ONNX file is counted where it
   * is known by layers.
   */
  NetworkFlops flops(Network network, String variant) {
    if (!name.endsWith(ONNX)) {
      return NetworkFlops.of(network);
    }
    String model = name.substring(0, name.length() - ONNX.length());
    return NetworkFlops.of(new Workload(model, sparsity, batch).network(variant));
  }

  private static Batch noise(Network network, int examples) {
    if (network.name().equals(TextDecoder.NAME)) {
      return TextDecoder.examples(examples);
    }
    int[] labels = new int[examples];
    for (int i = 0; i < examples; i++) {
      labels[i] = i % network.outputs();
    }
    return new Batch(MadeUp.uniform("x", network.input().append(examples)), labels);
  }
}
