package io.github.snip4j.snip;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Computations in training mode that leave no trace in a network's running statistics. */
public final class PreservingStatistics {
  private PreservingStatistics() {}

  /** Computes, and sets what the network's layers remember to what it was before. */
  public static <T> T by(Network network, Supplier<T> computation) {
    Map<String, Tensor> buffers = new LinkedHashMap<>(network.state());
    network.parameters().stream().map(Parameter::name).forEach(buffers::remove);
    Map<Tensor, Tensor> before = new LinkedHashMap<>();
    buffers.values().forEach(buffer -> before.put(buffer, buffer.copy()));
    try {
      return computation.get();
    } finally {
      before.forEach(Tensor::copyFrom);
    }
  }
}
