package io.github.snip4j.bench.parts;

import com.google.gson.JsonParser;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.run.PartWorkers;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a worker must know to take part in a training: the message {@link
 * PartConnection.Kind#START}. The words come first; then which values of each pruned parameter
 * exist; then all values of the network, and the optimiser's state.
 *
 * @param training counts the trainings of a run, and each time that the machines begin anew
 * @param step the first that is computed, from 0 on
 * @param steps of the whole training
 * @param rate learning rate of the first step
 * @param shuffle the seed of the order of the examples
 * @param seed of what training passes draw
 * @param stored how each pruned parameter is stored, by name
 */
record PartStart(
    int training,
    long step,
    int steps,
    double rate,
    RunOptions options,
    String dataSha256,
    long shuffle,
    long seed,
    Map<String, Storage> stored) {
  static PartStart of(PartWorkers.Training training, int number, long step, double rate) {
    Map<String, Storage> stored = new LinkedHashMap<>();
    Network network = training.parallel().network();
    network
        .masks()
        .keySet()
        .forEach(name -> stored.put(name, Storage.of(network.parameter(name).structure())));
    return new PartStart(
        number,
        step,
        training.steps(),
        rate,
        training.options().withData(training.options().data().found()),
        training.dataSha256(),
        training.shuffle().value(),
        training.seed().value(),
        stored);
  }

  /** Sends it with a network and its optimiser. */
  void send(PartConnection to, Network network, Optimizer optimizer) throws IOException {
    byte[] words = Json.write(this).getBytes(StandardCharsets.UTF_8);
    Map<String, Mask> masks = network.masks();
    List<Tensor> values = values(network, optimizer);
    long size = (long) Integer.BYTES + words.length;
    for (Mask mask : masks.values()) {
      size += Integer.BYTES * (1L + mask.kept());
    }
    for (Tensor value : values) {
      size += (long) Float.BYTES * value.size();
    }
    ByteBuffer out = to.begin(PartConnection.Kind.START, Math.toIntExact(size));
    out.putInt(words.length).put(words);
    for (Mask mask : masks.values()) {
      int[] kept = mask.keptPositions();
      out.putInt(kept.length);
      for (int position : kept) {
        out.putInt(position);
      }
    }
    for (Tensor value : values) {
      out.asFloatBuffer().put(value.data(), value.offset(), value.size());
      out.position(out.position() + Float.BYTES * value.size());
    }
    to.send();
  }

  private static List<Tensor> values(Network network, Optimizer optimizer) {
    List<Tensor> values = new ArrayList<>(network.state().values());
    values.addAll(optimizer.state().values());
    return values;
  }

  /** Reads the words. */
  static PartStart read(ByteBuffer content) {
    byte[] words = new byte[content.getInt()];
    content.get(words);
    return Json.read(
        JsonParser.parseString(new String(words, StandardCharsets.UTF_8)), PartStart.class);
  }

  /** Reads what follows the words: which values exist of a network that is like the one sent. */
  Network network(ByteBuffer content, Network like) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (String name : stored.keySet()) {
      boolean[] keep = new boolean[like.parameter(name).size()];
      int kept = content.getInt();
      for (int k = 0; k < kept; k++) {
        keep[content.getInt()] = true;
      }
      masks.put(name, new Mask(like.parameter(name).shape(), keep));
    }
    return like.restructured(masks, stored);
  }

  /** Reads what follows that: the values, and the optimiser's state. */
  void restore(ByteBuffer content, Network network, Optimizer optimizer) {
    network.restore(new NetworkSnapshot(network.structures(), read(content, network.state())));
    optimizer.restore(
        new OptimizerSnapshot(
            optimizer.rule().description(),
            step,
            network.structures(),
            read(content, optimizer.state())));
    if (content.hasRemaining()) {
      throw new IllegalArgumentException(
          "the network that was sent has " + content.remaining() + " bytes more than this one");
    }
  }

  private static Map<String, Tensor> read(ByteBuffer content, Map<String, Tensor> like) {
    Map<String, Tensor> read = new LinkedHashMap<>();
    like.forEach(
        (name, tensor) -> {
          float[] values = new float[tensor.size()];
          content.asFloatBuffer().get(values);
          content.position(content.position() + Float.BYTES * values.length);
          read.put(name, Tensor.of(tensor.shape(), values));
        });
    return read;
  }
}
