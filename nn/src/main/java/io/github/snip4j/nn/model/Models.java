package io.github.snip4j.nn.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The networks that can be had by name. */
public final class Models {
  private static final List<Model> ALL =
      List.of(
          new SoftmaxRegression(Task.MNIST),
          new LeNet300100(),
          new LeNet5Caffe(Task.MNIST),
          LeNet5Caffe.rectified(),
          AlexNet.small(),
          AlexNet.big(),
          Vgg.c(),
          Vgg.d(),
          Vgg.like(),
          Vgg.likeQuarter(),
          Vgg.sixteen(),
          Vgg.nineteen(),
          ResNet.of(18),
          ResNet.of(20),
          ResNet.of(32),
          new MobileNetV2(Task.CIFAR_10),
          WideResNet.of(16, 8),
          WideResNet.of(16, 10),
          WideResNet.of(22, 8),
          RowByRow.smallLstm(),
          RowByRow.bigLstm(),
          RowByRow.smallGru(),
          RowByRow.bigGru());

  private Models() {}

  /** All that the paper names, and a few more; grouped by kind. */
  public static List<Model> all() {
    return ALL;
  }

  /**
   * The one of this name, also any {@code wrn-D-K}, {@code resnet-D} and {@code mlp:784-300-10};
   * null if there is none.
   *
   * @throws IllegalArgumentException if it is a network of one of these kinds that cannot be
   */
  public static @Nullable Model named(String name) {
    for (Model model : ALL) {
      if (model.name().equals(name)) {
        return model;
      }
    }
    Model residual = ResNet.parse(name);
    Model mlp = Mlp.parse(name);
    return residual != null ? residual : mlp != null ? mlp : WideResNet.parse(name);
  }
}
