package io.github.snip4j.nn.model;

import io.github.snip4j.core.tensor.Shape;

/**
 * What a network is to tell apart.
 *
 * @param input the shape of one example, without the batch
 * @param classes how many there are, at least 1
 */
public record Task(Shape input, int classes) {
  /** Ten classes of grey pictures of 28 x 28: MNIST and Fashion-MNIST. */
  public static final Task MNIST = new Task(Shape.of(1, 28, 28), 10);

  /** Ten classes of colour pictures of 32 x 32. */
  public static final Task CIFAR_10 = new Task(Shape.of(3, 32, 32), 10);

  /** Two hundred classes of colour pictures of 64 x 64. */
  public static final Task TINY_IMAGENET = new Task(Shape.of(3, 64, 64), 200);

  /** Checks the classes. */
  public Task {
    if (classes < 1) {
      throw new IllegalArgumentException("task: " + classes + " classes: expected 1 or more");
    }
  }

  /** This task with another number of classes. */
  public Task withClasses(int count) {
    return new Task(input, count);
  }

  /** The shape and the number of classes: {@code [3, 32, 32] in 10 classes}. */
  @Override
  public String toString() {
    return input + " in " + classes + " classes";
  }
}
