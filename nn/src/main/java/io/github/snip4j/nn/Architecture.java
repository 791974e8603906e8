package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.init.Initializer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A network without its numbers, as a text: a line for the network, then one for each layer, each
 * part one space further to the right than what it is a part of.
 *
 * <pre>
 * network name=lenet-300-100 input=1,28,28 classes=10
 *  sequential
 *   flatten
 *   linear name=fc1 in=784 out=300
 * </pre>
 */
final class Architecture {
  private static final int DEEPEST = 100; // parts within parts

  private Architecture() {}

  static String text(Network network) {
    StringBuilder text = new StringBuilder();
    LayerSpec head =
        LayerSpec.of("network")
            .with("name", network.name())
            .with("input", network.input().toArray());
    head =
        network.output().rank() == 1
            ? head.with("classes", network.outputs())
            : head.with("output", network.output().toArray());
    text.append(head.line());
    append(text, network.body().describe(), 1);
    return text.toString();
  }

  private static void append(StringBuilder text, LayerSpec spec, int depth) {
    text.append('\n').append(" ".repeat(depth)).append(spec.line());
    spec.parts().forEach(part -> append(text, part, depth + 1));
  }

  /**
   * The network that a text describes, with parameters that begin as the initialiser has them.
   *
   * @param file for messages
   */
  static Network network(String file, String text, LayerMaker[] own, Initializer values)
      throws BadFileException {
    String[] lines = text.split("\n", -1);
    try {
      LayerSpec head = LayerSpec.ofLine(lines[0]);
      int[] next = {1};
      LayerSpec body = part(lines, next, 1);
      if (next[0] != lines.length || !head.kind().equals("network")) {
        throw new IllegalArgumentException("line " + (next[0] + 1) + " is no part of a network");
      }
      return new Network(
          head.text("name"),
          shape(head, "input"),
          shape(head, head.settings().containsKey("output") ? "output" : "classes"),
          layer(file, body, own, values, new HashMap<>()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new BadFileException(file, "its architecture cannot be made: " + e.getMessage());
    }
  }

  /**
   * The layer that a description describes, with parameters of 0.
   *
   * @throws IllegalArgumentException if nothing makes a layer, or it does not fit
   */
  static Layer layer(LayerSpec spec, LayerMaker... own) {
    try {
      return layer("", spec, own, (shape, seed) -> Tensor.zeros(shape), new HashMap<>());
    } catch (BadFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Shape shape(LayerSpec head, String setting) {
    String[] axes = head.text(setting).split(",", -1);
    return Shape.of(head.text(setting).isEmpty() ? new int[0] : head.numbers(setting, axes.length));
  }

  /** The layer that begins on a line, with its parts on the lines below. */
  private static LayerSpec part(String[] lines, int[] next, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("layers within layers, more than " + DEEPEST + " deep");
    }
    if (next[0] >= lines.length || depthOf(lines[next[0]]) != depth) {
      throw new IllegalArgumentException("line " + (next[0] + 1) + " is not where a layer begins");
    }
    LayerSpec spec = LayerSpec.ofLine(lines[next[0]++].substring(depth));
    List<LayerSpec> parts = new ArrayList<>();
    while (next[0] < lines.length && depthOf(lines[next[0]]) > depth) {
      parts.add(part(lines, next, depth + 1));
    }
    return new LayerSpec(spec.kind(), spec.settings(), parts);
  }

  private static int depthOf(String line) {
    int depth = 0;
    while (depth < line.length() && line.charAt(depth) == ' ') {
      depth++;
    }
    return depth;
  }

  /**
   * A layer and its parts.
   *
   * @param made so far: what is described alike, names and all, is one layer that occurs twice
   */
  private static Layer layer(
      String file, LayerSpec spec, LayerMaker[] own, Initializer values, Map<LayerSpec, Layer> made)
      throws BadFileException {
    Layer before = made.get(spec);
    if (before != null) {
      return before;
    }
    List<Layer> parts = new ArrayList<>();
    for (LayerSpec part : spec.parts()) {
      parts.add(layer(file, part, own, values, made));
    }
    List<LayerMaker> makers = new ArrayList<>(Arrays.asList(own));
    ServiceLoader.load(LayerMaker.class, LayerMaker.class.getClassLoader()).forEach(makers::add);
    for (LayerMaker maker : makers) {
      if (maker.makes(spec.kind())) {
        Layer layer = maker.make(spec, parts, values);
        made.put(spec, layer);
        return layer;
      }
    }
    throw new BadFileException(
        file,
        ("holds a layer of the kind " + spec.kind() + ", which nothing here makes")
            + ": give NetworkFile.read a LayerMaker for it");
  }
}
