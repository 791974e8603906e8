package io.github.snip4j.bench.run;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.Movement;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.CheckpointExtras;
import io.github.snip4j.snip.dynamic.Move;
import io.github.snip4j.snip.dynamic.MovingConnections;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of one training, as far as they move: what is done, saved and told of it. */
final class ConnectionMoves implements Callback {
  private final @Nullable MovingConnections moving;

  private ConnectionMoves(@Nullable MovingConnections moving) {
    this.moving = moving;
  }

  /** The moves of a network's connections; a network of which nothing was pruned has none. */
  static ConnectionMoves of(RunOptions options, Network network, Seed seed) {
    if (!options.moving().isOn() || network.masks().isEmpty()) {
      return new ConnectionMoves(null);
    }
    return new ConnectionMoves(
        new MovingConnections(
            options.moving().rules(),
            options.moving().schedule(options.iterations()),
            network,
            seed));
  }

  @Override
  public boolean needsWholeGradients(long number) {
    return moving != null && moving.needsWholeGradients(number);
  }

  @Override
  public void afterUpdate(long number, Pass pass, Gradients gradients) {
    if (moving != null) {
      moving.afterUpdate(number, pass, gradients);
    }
  }

  /** Nothing: connections move within the step. */
  @Override
  public void afterStep(Step step) {}

  /** What the updates to come depend on. */
  CheckpointExtras extras() {
    if (moving == null) {
      return CheckpointExtras.NONE;
    }
    MovingConnections.State state = moving.state();
    return new CheckpointExtras(state.momentum(), state.everAlive());
  }

  /** Goes on where a checkpoint was, whose network and optimiser are restored. */
  void restore(Checkpoint from, List<Move> moves) throws IOException {
    if (moving != null) {
      CheckpointExtras saved = from.extras(extras());
      moving.restore(new MovingConnections.State(saved.masks(), saved.tensors(), moves));
    }
  }

  /** The updates so far. */
  List<Move> soFar() {
    return moving == null ? List.of() : moving.moves();
  }

  /** How much memory it takes to know where connections should grow. */
  long bytes() {
    return extras().tensors().values().stream().mapToLong(t -> (long) Float.BYTES * t.size()).sum();
  }

  /** What there is to say when the network is trained; null if nothing moves. */
  @Nullable Movement movement(Network network) {
    return moving == null
        ? null
        : new Movement(moving.positions(), moving.moves(), KeptCount.of(network, network.masks()));
  }
}
