package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
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
      case "resnet-18" -> resNet18(of, x);
      case TextDecoder.NAME -> decoder(of, x);
      default -> throw new IllegalArgumentException(network + " is not built in PyTorch here");
    };
  }

  /**
   * A batch as these networks take it.
   *
   * @param x {@code [C, H, W, N]}; of the decoder {@code [T, N]}, which becomes {@code [N, T]}
   */
  static NDArray input(String network, Tensor x, NDManager manager) {
    if (network.equals(TextDecoder.NAME)) {
      Shape placesFirst = new Shape(x.shape().dim(0), x.shape().dim(1));
      try (NDArray characters = manager.create(x.toArray(), placesFirst)) {
        return characters.transpose().toType(DataType.INT64, true);
      }
    }
    Shape shape = new Shape(x.shape().dim(0), x.shape().dim(1), x.shape().dim(2), x.shape().dim(3));
    try (NDArray batchLast = manager.create(x.toArray(), shape)) {
      return network.matches("lstm-s|gru-s")
          ? batchLast.squeeze(0).transpose(0, 2, 1).duplicate()
          : batchLast.transpose(3, 0, 1, 2).duplicate();
    }
  }

  /**
   * One example as these networks take it: moving an axis of length 1 moves no number.
   *
   * @param x {@code [C, H, W]}, row-major
   */
  static NDArray example(String network, float[] x, NDManager manager) {
    Shape shape =
        switch (network) {
          case "lenet-300-100", "lenet-5-caffe" -> new Shape(1, 1, 28, 28);
          case "lstm-s", "gru-s" -> new Shape(28, 1, 28);
          default -> new Shape(1, 3, 32, 32);
        };
    return manager.create(x, shape);
  }

  /**
   * The labels in the order of the logits.
   *
   * @param labels those of a batch; of the decoder {@code [T, N]}
   */
  static int[] labels(String network, int examples, int... labels) {
    if (!network.equals(TextDecoder.NAME)) {
      return labels;
    }
    int places = labels.length / examples;
    int[] textsFirst = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      textsFirst[i % examples * places + i / examples] = labels[i];
    }
    return textsFirst;
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

  private static NDArray resNet18(PyTorchLayers of, NDArray x) {
    NDArray y = PyTorchLayers.relu(of.batchNorm("bn1", of.convolution("conv1", x, 1, 1)));
    for (int group = 1; group <= 4; group++) {
      for (int i = 0; i < 2; i++) {
        String name = "layer" + group + "." + i;
        boolean changes = group > 1 && i == 0;
        int stride = changes ? 2 : 1;
        NDArray z = of.batchNorm(name + ".bn1", of.convolution(name + ".conv1", y, stride, 1));
        z = of.convolution(name + ".conv2", PyTorchLayers.relu(z), 1, 1);
        z = of.batchNorm(name + ".bn2", z);
        NDArray around = y;
        if (changes) {
          String downsample = name + ".downsample";
          around = of.convolution(downsample + ".0", y, stride, 0);
          around = of.batchNorm(downsample + ".1", around);
        }
        y = PyTorchLayers.relu(z.add(around));
      }
    }
    return of.linear("fc", PyTorchLayers.flat(Pool.globalAvgPool2d(y)));
  }

  /** The logits of all places of all texts, {@code [N T, characters]}. */
  private static NDArray decoder(PyTorchLayers of, NDArray x) {
    NDArray y = of.embedding("words", x).add(of.places("places"));
    for (int block = 1; block <= TextDecoder.BLOCKS; block++) {
      String name = "block" + block;
      NDArray normalized = of.layerNorm(name + ".ln1", y);
      y = y.add(of.attention(name + ".attn", normalized, TextDecoder.HEADS));
      NDArray z = of.linear(name + ".fc1", of.layerNorm(name + ".ln2", y));
      y = y.add(of.linear(name + ".fc2", Activation.gelu(z)));
    }
    NDArray logits = of.linear("head", of.layerNorm("ln", y));
    return logits.reshape(-1, logits.getShape().get(2));
  }

  private static NDArray body(PyTorchLayers of, String block, NDArray normalized, int stride) {
    NDArray y = of.convolution(block + ".conv1", normalized, stride, 1);
    return of.convolution(block + ".conv2", of.normalized(block + ".bn2", y), 1, 1);
  }
}
