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
          AlexNet.small(),
          AlexNet.big(),
          Vgg.c(),
          Vgg.d(),
          Vgg.like(),
          Vgg.likeQuarter(),
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
   * The one of this name, also any {@code wrn-D-K}; null if there is none.
   *
   * @throws IllegalArgumentException if it is a wide residual network of impossible depth or width
   */
  public static @Nullable Model named(String name) {
    for (Model model : ALL) {
      if (model.name().equals(name)) {
        return model;
      }
    }
    return WideResNet.parse(name);
  }
}
