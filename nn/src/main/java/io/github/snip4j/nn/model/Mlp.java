package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected network of any sizes, with ReLU between its layers, by a name like {@code
 * mlp:784-300-100-10}: as many inputs, units of hidden layers, and classes. It takes inputs of any
 * shape that have as many numbers. Parameters {@code fc1.weight}, {@code fc1.bias}, {@code fc2...}.
 */
final class Mlp implements Model {
  private static final Pattern NAME = Pattern.compile("mlp:[1-9][0-9]{0,7}(-[1-9][0-9]{0,7})+");

  private final int[] sizes;
  private final Shape input;

  private Mlp(int[] sizes, Shape input) {
    this.sizes = sizes;
    this.input = input;
  }

  /**
   * The network of a name; null if the name is not of that kind.
   *
   * @throws IllegalArgumentException if it begins with {@code mlp:} and the rest is no list of
   *     sizes
   */
  static @Nullable Mlp parse(String name) {
    if (!name.startsWith("mlp:")) {
      return null;
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          name + ": expected sizes from inputs to classes, as in mlp:784-300-100-10");
    }
    int[] sizes =
        Arrays.stream(name.substring(4).split("-", -1)).mapToInt(Integer::parseInt).toArray();
    Shape pictures = Task.MNIST.input();
    return new Mlp(sizes, sizes[0] == pictures.size() ? pictures : Shape.of(sizes[0]));
  }

  @Override
  public String name() {
    return "mlp:" + String.join("-", Arrays.stream(sizes).mapToObj(String::valueOf).toList());
  }

  @Override
  public String description() {
    return "fully connected, ReLU";
  }

  @Override
  public Task task() {
    return new Task(input, sizes[sizes.length - 1]);
  }

  @Override
  public boolean takes(Task task) {
    return task.input().size() == sizes[0] && task.classes() == sizes[sizes.length - 1];
  }

  @Override
  public Model on(Task task) {
    Model.super.on(task); // refuses what this does not take
    return new Mlp(sizes, task.input());
  }

  @Override
  public Network create(Initializer initializer, Seed seed) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Flatten());
    for (int i = 1; i < sizes.length; i++) {
      layers.add(new Linear("fc" + i, sizes[i - 1], sizes[i], initializer, seed));
      if (i < sizes.length - 1) {
        layers.add(new Relu());
      }
    }
    return new Network(name(), input, sizes[sizes.length - 1], new Sequential(layers));
  }
}
