package io.github.snip4j.nn.layer;

import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The layers that a layer consists of; one may be among them several times.
 *
 * @param layers in their order
 */
record Parts(List<Layer> layers) {
  Parts {
    layers = List.copyOf(layers);
  }

  /** The layers that are not null. */
  static Parts of(@Nullable Layer... layers) {
    return new Parts(Arrays.stream(layers).filter(Objects::nonNull).toList());
  }

  /** The parameters of all layers, each once. */
  List<Parameter> parameters() {
    return layers.stream().flatMap(layer -> layer.parameters().stream()).distinct().toList();
  }

  /** The buffers of all layers, each once. */
  List<Buffer> buffers() {
    return layers.stream().flatMap(layer -> layer.buffers().stream()).distinct().toList();
  }

  Parts on(UnaryOperator<Parameter> change) {
    return new Parts(layers.stream().map(layer -> Transfer.of(layer, change)).toList());
  }

  Layer get(int i) {
    return layers.get(i);
  }
}
