package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.onnx.OnnxModel.Node;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;

/**
 * Follows a graph node by node and makes a network from it. Whatever does not depend on an example
 * (shapes, constants, how weights are cut and put together) is worked out on the way; the rest
 * becomes the {@link Step}s of a {@link GraphLayer}.
 */
final class GraphReader {
  private final String file;
  private final OnnxModel model;
  private final GraphDraft draft;

  private GraphReader(String file, OnnxModel model, long bytes) throws BadFileException {
    this.file = file;
    this.model = model;
    this.draft = new GraphDraft(file, model, bytes);
  }

  /**
   * The network of a graph.
   *
   * @param file for messages
   * @param bytes how long the file is, with its external data: what is made may not be much larger
   * @throws BadFileException if the graph holds what is not understood
   */
  static Network read(String file, String name, OnnxModel model, long bytes)
      throws BadFileException {
    if (model.opset() < 7 || model.opset() > 22) {
      throw new BadFileException(
          file,
          (model.opset() == 0 ? "uses no operators of ONNX" : "uses opset " + model.opset())
              + ": expected opset 7 to 22 (in PyTorch: opset_version=17)");
    }
    return new GraphReader(file, model, bytes).network(name);
  }

  private Network network(String name) throws BadFileException {
    if (model.outputs().isEmpty()) {
      throw bad("the graph has no output");
    }
    for (Node node : model.nodes()) {
      Use use = draft.begin(node);
      Operators.Operator operator = Operators.named(node.operator());
      if (operator == null || !node.domain().isEmpty()) {
        throw use.bad(
            (node.domain().isEmpty() ? "" : "of " + node.domain() + ": ")
                + "there is no such operator here; rewrite this part of the network with others, "
                + "or prune it in Java with a layer of your own");
      }
      try {
        operator.read(use);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw use.bad(String.valueOf(e.getMessage()));
      }
    }
    Computed logits = logits();
    Shape example = Shape.of(draft.input().extent().example());
    return new Network(name, example, logits.extent().example()[0], draft.body(logits));
  }

  /** The first output, as {@code [classes, N]}. */
  private Computed logits() throws BadFileException {
    String name = model.outputs().get(0).name();
    if (!(draft.made(name) instanceof Computed output) || !output.extent().hasBatch()) {
      throw bad("output '" + name + "' does not depend on the input");
    }
    int[] example = output.extent().example();
    int classes = (int) output.extent().size();
    if (Arrays.stream(example).filter(length -> length != 1).count() > 1) {
      throw bad("output '" + name + "' is " + output.extent() + ": expected logits [N, classes]");
    }
    return example.length == 1
        ? output
        : draft.step(
            null,
            Extents.of(classes),
            (in, batch) -> Extents.reshape(in[0], batch, classes),
            output);
  }

  private BadFileException bad(String problem) {
    return new BadFileException(file, problem);
  }
}
