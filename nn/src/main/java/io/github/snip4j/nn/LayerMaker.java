package io.github.snip4j.nn;

import io.github.snip4j.nn.init.Initializer;
import java.util.List;

/**
 * Makes layers again from what a file says of them. Those of the engine are made without being
 * asked for; a program with layers of its own gives {@link NetworkFile#read} one, or declares it as
 * a service of this type.
 */
public interface LayerMaker {
  /** Whether it makes layers of this kind. */
  boolean makes(String kind);

  /**
   * A layer with the parameters of the spec, whatever their values.
   *
   * @param parts the layers that it consists of, made already
   * @param values what parameters begin with; refuses more than a file of its size could hold
   * @throws IllegalArgumentException if the settings are not those of such a layer
   */
  Layer make(LayerSpec spec, List<Layer> parts, Initializer values);
}
