package io.github.snip4j.bench.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.nn.Network;

/** What {@link Steps} does, done by PyTorch from the same numbers, dense. */
final class PyTorchSteps implements AutoCloseable {
  private final NDManager manager = PyTorch.start();
  private final String network;
  private final float rate;
  private final PyTorchParameters parameters;
  private final PyTorchLayers layers;
  private final NDArray x;
  private final NDArray labels;

  /** Copies the network and the batch. */
  PyTorchSteps(Network network, Batch batch, double rate) {
    this.network = network.name();
    this.rate = (float) rate;
    this.parameters = PyTorchParameters.inTraining(network, manager);
    this.layers = new PyTorchLayers(parameters, true);
    this.x = PyTorchNetworks.input(network.name(), batch.x(), manager);
    this.labels =
        manager.create(PyTorchNetworks.labels(network.name(), batch.size(), batch.labels()));
  }

  /** The loss before the step. */
  float next() {
    try (NDScope scope = new NDScope()) { // closes what the step made
      scope.suppressNotUsedWarning();
      NDArray loss;
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray logits = PyTorchNetworks.logits(network, layers, x);
        loss = Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(logits));
        collector.backward(loss);
      }
      parameters.update(rate, (float) Steps.MOMENTUM);
      return loss.getFloat();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
