package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;

/** One of our networks in use, by PyTorch. */
final class PyTorchInference implements AutoCloseable {
  private final NDManager manager = PyTorch.start();
  private final String network;
  private final PyTorchLayers layers;
  private final NDArray x;

  /** Copies the network and its input. */
  PyTorchInference(Network network, Tensor x) {
    this.network = network.name();
    this.layers = new PyTorchLayers(PyTorchParameters.inUse(network, manager), false);
    this.x = PyTorchNetworks.input(network.name(), x, manager);
  }

  /** The logits {@code [N, classes]}, row-major. */
  float[] logits() {
    try (NDScope scope = new NDScope()) { // closes what is made here
      scope.suppressNotUsedWarning();
      return PyTorchNetworks.logits(network, layers, x).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
