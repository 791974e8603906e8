package io.github.snip4j.nn;

import java.util.IdentityHashMap;
import java.util.function.UnaryOperator;

/**
 * Moves layers to other parameters so that what is shared stays shared: a parameter, and a layer,
 * that occurs twice becomes one other, not two.
 */
public final class Transfer implements UnaryOperator<Parameter> {
  private final UnaryOperator<Parameter> change;
  private final IdentityHashMap<Parameter, Parameter> parameters = new IdentityHashMap<>();
  private final IdentityHashMap<Layer, Layer> layers = new IdentityHashMap<>();

  Transfer(UnaryOperator<Parameter> change) {
    this.change = change;
  }

  /**
   * A part of a layer, on other parameters: what {@link Layer#on} of a layer that consists of
   * others calls for each of them.
   *
   * @param change what that {@code on} was given
   */
  public static Layer of(Layer part, UnaryOperator<Parameter> change) {
    return change instanceof Transfer transfer ? transfer.layer(part) : part.on(change);
  }

  /** What a parameter becomes; the same each time. */
  @Override
  public Parameter apply(Parameter parameter) {
    return parameters.computeIfAbsent(parameter, change);
  }

  Layer layer(Layer layer) {
    Layer moved = layers.get(layer);
    if (moved == null) {
      moved = layer.on(this);
      layers.put(layer, moved);
    }
    return moved;
  }
}
