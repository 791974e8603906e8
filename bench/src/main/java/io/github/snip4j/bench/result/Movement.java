package io.github.snip4j.bench.result;

import io.github.snip4j.snip.dynamic.Move;
import java.util.List;
import java.util.Objects;

/**
 * How the connections of a network moved while it was trained.
 *
 * @param positions at which a connection may exist
 * @param updates in order
 * @param parameters what each parameter has after the last step
 */
public record Movement(int positions, List<Move> updates, List<KeptCount> parameters) {
  /** Nothing may be missing. */
  public Movement {
    Objects.requireNonNull(updates, "updates");
    Objects.requireNonNull(parameters, "parameters");
  }

  /** The share of positions at which a connection existed at some time; 0 before any update. */
  public double everAlive() {
    return updates.isEmpty() ? 0 : (double) updates.get(updates.size() - 1).everAlive() / positions;
  }

  /** How many moves there were. */
  public long moved() {
    return updates.stream().mapToLong(Move::moved).sum();
  }
}
