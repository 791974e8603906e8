package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.LayerNorm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PyTorch's layers. The batch is the first axis; of sequences it is the second. */
final class PyTorchLayers {
  private final PyTorchParameters parameters;
  private final boolean training;
  private @Nullable NDArray mask;

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

  NDArray embedding(String name, NDArray x) {
    return x.getNDArrayInternal().embedding(x, weight(name), SparseFormat.DENSE).get(0);
  }

  /** The learned vectors of the places, {@code [T, E]}. */
  NDArray places(String name) {
    return weight(name);
  }

  NDArray linear(String name, NDArray x) {
    return Linear.linear(x, weight(name), bias(name)).singletonOrThrow();
  }

  NDArray convolution(String name, NDArray x, int stride, int padding) {
    Shape by = new Shape(stride, stride);
    Shape around = new Shape(padding, padding);
    NDArray bias = parameters.find(name + ".bias");
    return Conv2d.conv2d(x, weight(name), bias, by, around).singletonOrThrow();
  }

  /** Batch norm with the constants of the paper's networks, and ReLU. */
  NDArray normalized(String name, NDArray x) {
    return relu(batchNorm(name, x, BatchNorm.MOMENTUM, BatchNorm.EPS));
  }

  /** Batch norm with PyTorch's constants. */
  NDArray batchNorm(String name, NDArray x) {
    return batchNorm(name, x, 0.1, 1e-5);
  }

  private NDArray batchNorm(String name, NDArray x, double momentum, double eps) {
    return x.getNDArrayInternal()
        .batchNorm(
            x,
            parameters.get(name + ".running_mean"),
            parameters.get(name + ".running_var"),
            weight(name),
            bias(name),
            -1, // PyTorch's own axis, in DJL's words
            (float) (1 - momentum), // which DJL has the other way round
            (float) eps,
            training)
        .singletonOrThrow();
  }

  /** Over the last axis, with PyTorch's eps, which is ours. */
  NDArray layerNorm(String name, NDArray x) {
    Shape features = new Shape(x.getShape().get(2));
    return x.getNDArrayInternal()
        .layerNorm(x, features, weight(name), bias(name), (float) LayerNorm.EPS)
        .singletonOrThrow();
  }

  /**
   * Causal self-attention, put together from PyTorch's operations: DJL does not offer the one that
   * does it all.
   *
   * @param x {@code [N, T, E]}
   */
  NDArray attention(String name, NDArray x, int heads) {
    long n = x.getShape().get(0);
    long steps = x.getShape().get(1);
    long features = x.getShape().get(2);
    NDArray inWeight = parameters.get(name + ".in_proj_weight");
    NDArray projected =
        Linear.linear(x, inWeight, parameters.get(name + ".in_proj_bias")).singletonOrThrow();
    NDList parts =
        projected
            .reshape(n, steps, 3, heads, features / heads)
            .transpose(2, 0, 3, 1, 4) // [3, N, heads, T, d]
            .split(3, 0);
    NDArray q = parts.get(0).squeeze(0);
    NDArray k = parts.get(1).squeeze(0);
    NDArray v = parts.get(2).squeeze(0);
    NDArray fit =
        q.mul((float) (1 / Math.sqrt((double) features / heads))).matMul(k.swapAxes(2, 3));
    NDArray seen = fit.add(laterSteps(steps, x.getManager()));
    NDArray y = seen.softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(n, steps, features);
    return linear(name + ".out_proj", y);
  }

  /** Minus infinity where a step would look at a later one, else 0. */
  private NDArray laterSteps(long steps, NDManager manager) {
    if (mask == null || mask.getShape().get(0) != steps) {
      int n = Math.toIntExact(steps);
      float[] values = new float[n * n];
      for (int i = 0; i < n; i++) {
        Arrays.fill(values, i * n + i + 1, (i + 1) * n, Float.NEGATIVE_INFINITY);
      }
      NDArray made = manager.create(values, new Shape(n, n));
      NDScope.unregister(made);
      mask = made;
    }
    return mask;
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
