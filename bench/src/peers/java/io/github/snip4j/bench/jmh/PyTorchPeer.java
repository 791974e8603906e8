package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.github.snip4j.nn.Network;

/** A network by PyTorch's operations, one call of DJL's for each, with one thread for each. */
final class PyTorchPeer implements PredictingPeer {
  private final NDManager manager = PyTorch.start();
  private final String network;
  private final PyTorchLayers layers;

  /** Copies the network. */
  PyTorchPeer(Network network) {
    this.network = network.name();
    this.layers = new PyTorchLayers(PyTorchParameters.inUse(network, manager), false);
  }

  @Override
  public Asking asking() {
    return new Tensors();
  }

  /** The tensors of one thread, in a manager of their own. */
  private final class Tensors implements Asking {
    private final NDManager own = manager.newSubManager();

    @Override
    public void predict(float[] example, float[] outputs) {
      try (NDScope scope = new NDScope()) { // closes what is made here
        scope.suppressNotUsedWarning();
        NDArray x = PyTorchNetworks.example(network, example, own);
        float[] logits = PyTorchNetworks.logits(network, layers, x).toFloatArray();
        System.arraycopy(logits, 0, outputs, 0, outputs.length);
      }
    }

    @Override
    public void close() {
      own.close();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
