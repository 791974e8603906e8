package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import io.github.snip4j.core.tensor.Tensor;

/** The paper's networks in PyTorch, as in {@link io.github.snip4j.nn.model.Models}. */
final class PyTorchNetworks {
  private PyTorchNetworks() {}

  /**
   * The logits.
   *
   * @param network the name of a model
   * @param x {@code [N, C, H, W]}; of recurrent networks {@code [H, N, W]}
   */
  static NDArray logits(String network, PyTorchLayers of, NDArray x) {
    return switch (network) {
      case "lenet-300-100" -> lenet300100(of, x);
      case "lenet-5-caffe" -> lenet5(of, x);
      case "lstm-s" -> of.linear("fc2", of.lstm("lstm", of.linear("fc1", x), 1f));
      case "gru-s" -> of.linear("fc2", of.gru("gru", of.linear("fc1", x)));
      case "vgg-like" -> vggLike(of, x);
      case "wrn-16-8" -> wrn16(of, x);
      default -> throw new IllegalArgumentException(network + " is not built in PyTorch here");
    };
  }

  /**
   * A batch as these networks take it.
   *
   * @param x {@code [C, H, W, N]}
   */
  static NDArray input(String network, Tensor x, NDManager manager) {
    Shape shape = new Shape(x.shape().dim(0), x.shape().dim(1), x.shape().dim(2), x.shape().dim(3));
    try (NDArray batchLast = manager.create(x.toArray(), shape)) {
      return network.matches("lstm-s|gru-s")
          ? batchLast.squeeze(0).transpose(0, 2, 1).duplicate()
          : batchLast.transpose(3, 0, 1, 2).duplicate();
    }
  }

  private static NDArray lenet300100(PyTorchLayers of, NDArray x) {
    NDArray y = PyTorchLayers.relu(of.linear("fc1", PyTorchLayers.flat(x)));
    return of.linear("fc3", PyTorchLayers.relu(of.linear("fc2", y)));
  }

  private static NDArray lenet5(PyTorchLayers of, NDArray x) {
    NDArray y = PyTorchLayers.halved(of.convolution("conv1", x, 1, 0));
    y = PyTorchLayers.halved(of.convolution("conv2", y, 1, 0));
    y = PyTorchLayers.relu(of.linear("fc1", PyTorchLayers.flat(y)));
    return of.linear("fc2", y);
  }

  private static NDArray vggLike(PyTorchLayers of, NDArray x) {
    NDArray y = x;
    int convolutions = 0;
    for (int block = 0; block < 5; block++) {
      for (int i = 0; i < (block < 2 ? 2 : 3); i++) {
        convolutions++;
        y = of.normalized("bn" + convolutions, of.convolution("conv" + convolutions, y, 1, 1));
      }
      y = PyTorchLayers.halved(y);
    }
    y = of.normalized("bn14", of.linear("fc1", PyTorchLayers.flat(y)));
    return of.linear("fc2", y);
  }

  private static NDArray wrn16(PyTorchLayers of, NDArray x) {
    NDArray y = of.convolution("conv1", x, 1, 1);
    for (int group = 1; group <= 3; group++) {
      String first = "group" + group + ".0";
      int stride = group == 1 ? 1 : 2;
      NDArray shared = of.normalized(first + ".bn1", y);
      NDArray around = of.convolution(first + ".shortcut", shared, stride, 0);
      y = around.add(body(of, first, shared, stride));
      String second = "group" + group + ".1";
      y = y.add(body(of, second, of.normalized(second + ".bn1", y), 1));
    }
    NDArray means = Pool.globalAvgPool2d(of.normalized("bn", y));
    return of.linear("fc", PyTorchLayers.flat(means));
  }

  private static NDArray body(PyTorchLayers of, String block, NDArray normalized, int stride) {
    NDArray y = of.convolution(block + ".conv1", normalized, stride, 1);
    return of.convolution(block + ".conv2", of.normalized(block + ".bn2", y), 1, 1);
  }
}
