package io.github.snip4j.bench.run;

import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Task;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * A network whose weights somebody gives, as a kind of network: none are drawn. It may be pruned
 * already.
 */
public final class GivenNetwork implements Model {
  private final Network network;

  /** The kind of which each network is a copy of this one. */
  public GivenNetwork(Network network) {
    this.network = network;
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public String description() {
    return "with weights from a file";
  }

  @Override
  public Task task() {
    return new Task(network.input(), network.outputs());
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  /** A copy; nothing is drawn. */
  @Override
  public Network create(Initializer initializer, Seed seed) {
    return network.on(Parameter::copy);
  }

  /** A digest (SHA-256, in hexadecimal) of a network's numbers and of what is pruned. */
  static String digest(Network network) {
    MessageDigest digest = Sha256.start();
    for (Map.Entry<String, Tensor> entry : network.state().entrySet()) {
      digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * entry.getValue().size());
      bytes.asFloatBuffer().put(entry.getValue().toArray());
      digest.update(bytes);
    }
    for (Map.Entry<String, Mask> entry : network.masks().entrySet()) {
      digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
      for (int position : entry.getValue().keptPositions()) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, position));
      }
    }
    return Sha256.hex(digest);
  }
}
