package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import io.github.snip4j.nn.layer.BatchNorm;

/** PyTorch's layers. The batch is the first axis; of sequences it is the second. */
final class PyTorchLayers {
  private final PyTorchParameters parameters;
  private final boolean training;

  PyTorchLayers(PyTorchParameters parameters, boolean training) {
    this.parameters = parameters;
    this.training = training;
  }

  private NDArray weight(String layer) {
    return parameters.get(layer + ".weight");
  }

  private NDArray bias(String layer) {
    return parameters.get(layer + ".bias");
  }

  NDArray linear(String name, NDArray x) {
    return Linear.linear(x, weight(name), bias(name)).singletonOrThrow();
  }

  NDArray convolution(String name, NDArray x, int stride, int padding) {
    Shape by = new Shape(stride, stride);
    Shape around = new Shape(padding, padding);
    return Conv2d.conv2d(x, weight(name), bias(name), by, around).singletonOrThrow();
  }

  /** Batch norm and ReLU. */
  NDArray normalized(String name, NDArray x) {
    NDList y =
        x.getNDArrayInternal()
            .batchNorm(
                x,
                parameters.get(name + ".running_mean"),
                parameters.get(name + ".running_var"),
                weight(name),
                bias(name),
                -1, // PyTorch's own axis, in DJL's words
                (float) (1 - BatchNorm.MOMENTUM), // which DJL has the other way round
                (float) BatchNorm.EPS,
                training);
    return relu(y.singletonOrThrow());
  }

  static NDArray relu(NDArray x) {
    return Activation.relu(x);
  }

  /** The maximum of each 2 x 2. */
  static NDArray halved(NDArray x) {
    return Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false);
  }

  static NDArray flat(NDArray x) {
    return x.reshape(x.getShape().get(0), -1);
  }

  /**
   * The last state of PyTorch's LSTM.
   *
   * @param x {@code [T, N, F]}
   */
  NDArray lstm(String name, NDArray x, float forgetBias) {
    NDArray wx = parameters.get(name + ".weight.x");
    NDArray wh = parameters.get(name + ".weight.h");
    long units = wh.getShape().get(1);
    Shape state = new Shape(1, x.getShape().get(1), units);
    NDArray zeros = x.getManager().zeros(state);
    NDArray second = x.getManager().zeros(new Shape(4 * units)); // PyTorch has two biases
    second.set(new NDIndex().addSliceDim(units, 2 * units), forgetBias);
    NDList outputs =
        x.getNDArrayInternal()
            .lstm(
                x,
                new NDList(zeros, zeros),
                new NDList(wx, wh, bias(name), second),
                true,
                1,
                0,
                training,
                false,
                false);
    return outputs.get(1).squeeze(0);
  }

  /**
   * The last state of a GRU with the reset gate before the product, which PyTorch's own has after
   * it; so it is put together here, as a program in PyTorch would have to.
   *
   * @param x {@code [T, N, F]}
   */
  NDArray gru(String name, NDArray x) {
    NDArray wh = parameters.get(name + ".weight.h");
    long units = wh.getShape().get(1);
    NDList ofState = wh.split(new long[] {2 * units}, 0);
    NDArray inputs =
        Linear.linear(x, parameters.get(name + ".weight.x"), bias(name)).singletonOrThrow();
    NDArray h = x.getManager().zeros(new Shape(1, x.getShape().get(1), units));
    for (NDArray input : inputs.split(x.getShape().get(0), 0)) {
      NDList parts = input.split(new long[] {2 * units}, 2);
      NDArray gates = Activation.sigmoid(parts.get(0).add(Linear.linear(h, ofState.get(0)).get(0)));
      NDList resetAndUpdate = gates.split(2, 2);
      NDArray kept = resetAndUpdate.get(0).mul(h);
      NDArray n = parts.get(1).add(Linear.linear(kept, ofState.get(1)).get(0)).tanh();
      h = n.add(resetAndUpdate.get(1).mul(h.sub(n)));
    }
    return h.squeeze(0);
  }
}
