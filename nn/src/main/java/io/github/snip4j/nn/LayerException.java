package io.github.snip4j.nn;

/** An input that a layer does not take; the message begins with the layer's name. */
final class LayerException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  LayerException(String layer, IllegalArgumentException cause) {
    super(layer + ": " + cause.getMessage(), cause);
  }
}
