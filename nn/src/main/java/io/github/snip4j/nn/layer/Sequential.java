package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.List;
import java.util.function.UnaryOperator;

/** Layers one after the other. */
public final class Sequential implements Layer {
  private final List<Layer> layers;

  /** The layers, first to last. */
  public Sequential(Layer... layers) {
    this(List.of(layers));
  }

  /** The layers, first to last. */
  public Sequential(List<Layer> layers) {
    this.layers = List.copyOf(layers);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    Variable y = x;
    for (Layer layer : layers) {
      y = pass.through(layer, y);
    }
    return y;
  }

  @Override
  public Layer on(UnaryOperator<Parameter> change) {
    return new Sequential(layers.stream().map(layer -> layer.on(change)).toList());
  }

  @Override
  public List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  @Override
  public List<Buffer> buffers() {
    return layers.stream().flatMap(layer -> layer.buffers().stream()).toList();
  }
}
