package io.github.snip4j.nn.layer;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.ArrayList;
import java.util.List;

/** Layers one after the other. */
public final class Sequential implements Layer {
  private final List<Layer> layers;

  /** The layers, first to last. */
  public Sequential(Layer... layers) {
    this.layers = List.of(layers);
  }

  @Override
  public Variable forward(Variable x, Pass pass) {
    Variable y = x;
    for (Layer layer : layers) {
      y = layer.forward(y, pass);
    }
    return y;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    layers.forEach(layer -> parameters.addAll(layer.parameters()));
    return parameters;
  }
}
