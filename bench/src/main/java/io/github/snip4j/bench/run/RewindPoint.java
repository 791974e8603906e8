package io.github.snip4j.bench.run;

import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.CheckpointExtras;
import io.github.snip4j.snip.retrain.Rewinding;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** The network at the step of its training that pruned networks are rewound to. */
final class RewindPoint implements TrainingExtra {
  private static final String PREFIX = "rewind.";

  private final int at;
  private @Nullable Network then;

  /**
   * A point that is reached when that step is done.
   *
   * @param first the network before its training, which is the point of step 0; not copied
   */
  RewindPoint(int at, Network first) {
    this.at = at;
    this.then = at == 0 ? first : null;
  }

  /**
   * The point where a checkpoint holds it.
   *
   * @param first the network before its training; modified
   * @param passed whether the training was past the point
   */
  static RewindPoint resumed(int at, Network first, Checkpoint from, boolean passed)
      throws IOException {
    RewindPoint point = new RewindPoint(at, first);
    if (at > 0 && passed) {
      Map<String, Tensor> values = new LinkedHashMap<>();
      Map<String, Tensor> saved = from.extras(extras(first)).tensors();
      saved.forEach((name, value) -> values.put(name.substring(PREFIX.length()), value));
      first.restore(new NetworkSnapshot(first.structures(), values));
      point.then = first;
    }
    return point;
  }

  @Override
  public void afterStep(Network network, long step, DoubleSupplier seconds) {
    if (step == at && then == null) { // and not where a later training has as many steps
      then = network.on(p -> p.copy());
    }
  }

  @Override
  public CheckpointExtras extras() {
    return at == 0 || then == null ? CheckpointExtras.NONE : extras(then);
  }

  private static CheckpointExtras extras(Network network) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    network.state().forEach((name, value) -> values.put(PREFIX + name, value));
    return new CheckpointExtras(values, Map.of());
  }

  /** Sets what exists of a network back. */
  void apply(Network network) {
    if (then == null) {
      throw new IllegalStateException("the step to rewind to was not reached: " + at);
    }
    Rewinding.to(then).apply(network);
  }
}
