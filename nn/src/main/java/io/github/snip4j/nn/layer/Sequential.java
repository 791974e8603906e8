package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Layers one after the other. */
public final class Sequential implements Layer {
  private final Parts parts;

  /** The layers, first to last. */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /** The layers, first to last. */
  public Sequential(List<Layer> layers) {
    this(new Parts(layers));
  }

  private Sequential(Parts parts) {
    this.parts = parts;
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return parts.layers();
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    List<Layer> layers = parts.layers();
    Variable y = x;
    for (int i = 0; i < layers.size(); i++) {
      Layer next = i + 1 < layers.size() ? layers.get(i + 1) : null;
      if (layers.get(i) instanceof BatchNorm norm
          && next instanceof Relu
          && pass.isTrainingAlone()) {
        y = pass.through(norm, y, (layer, in, p) -> norm.forwardThenRelu(in, p));
        i++;
      } else {
        y = pass.through(layers.get(i), y);
      }
    }
    return y;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Sequential(parts.on(change));
  }

  @Override
  public List<Parameter> parameters() {
    return parts.parameters();
  }

  @Override
  public List<Buffer> buffers() {
    return parts.buffers();
  }

  @Override
  public LayerSpec describe() {
    return new LayerSpec(
        "sequential", Map.of(), parts.layers().stream().map(Layer::describe).toList());
  }
}
