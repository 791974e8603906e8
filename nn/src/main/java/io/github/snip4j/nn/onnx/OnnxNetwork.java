package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Task;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The network of an ONNX file as a kind of network that can be asked for: its weights are those of
 * the file, and are not drawn. One that takes a vector also takes pictures with as many numbers.
 */
public final class OnnxNetwork implements Model {
  private final Network network;

  private OnnxNetwork(Network network) {
    this.network = network;
  }

  /**
   * Reads a file.
   *
   * @throws IOException as {@link OnnxFile#read(Path)}
   */
  public static OnnxNetwork read(Path file) throws IOException {
    return new OnnxNetwork(OnnxFile.read(file));
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public String description() {
    return "from an ONNX file";
  }

  @Override
  public Task task() {
    return new Task(network.input(), network.outputs());
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public boolean takes(Task task) {
    boolean same = task.input().equals(network.input());
    boolean flattened =
        network.input().rank() == 1 && task.input().size() == network.input().size();
    return task.classes() == network.outputs() && (same || flattened);
  }

  @Override
  public Model on(Task task) {
    Model.super.on(task); // refuses what this does not take
    return task.input().equals(network.input())
        ? this
        : new OnnxNetwork(
            new Network(
                network.name(),
                task.input(),
                task.classes(),
                new Sequential(new Flatten(), network.body())));
  }

  /** A copy of the file's network; nothing is drawn. */
  @Override
  public Network create(Initializer initializer, Seed seed) {
    return network.on(Parameter::copy);
  }
}
