package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;

/** Evaluates on validation data now and then, and remembers the network that did best. */
public final class BestOnValidation implements Callback {
  private final Network network;
  private final BatchSource validation;
  private final int interval;
  private final long last;
  private final long first;
  private Best best;
  private Evaluation latest;

  /**
   * The network when it did best.
   *
   * @param step how many steps were done then
   * @param evaluation on the validation data
   * @param network its connections and their values
   */
  public record Best(long step, Evaluation evaluation, NetworkSnapshot network) {}

  /**
   * Starts with the network as it is.
   *
   * @param interval steps between evaluations, at least 1
   * @param last the step that ends the training, which is evaluated too
   */
  public BestOnValidation(Network network, BatchSource validation, int interval, long last) {
    this(network, validation, interval, last, 0);
  }

  /**
   * Starts with the network as it is, which may not be the best before a step, as while it is
   * pruned.
   *
   * @param first that step; until then the latest counts as the best
   */
  public BestOnValidation(
      Network network, BatchSource validation, int interval, long last, long first) {
    this(
        network,
        validation,
        interval,
        last,
        first,
        new Best(0, Evaluation.of(network, validation), network.snapshot()));
  }

  /**
   * Goes on in a training that was interrupted.
   *
   * @param soFar what was best before
   */
  public BestOnValidation(
      Network network, BatchSource validation, int interval, long last, Best soFar) {
    this(network, validation, interval, last, 0, soFar);
  }

  /**
   * Goes on in a training that was interrupted, in which a network may not be the best before a
   * step.
   *
   * @param first that step; until then the latest counts as the best
   * @param soFar what was best before
   */
  public BestOnValidation(
      Network network, BatchSource validation, int interval, long last, long first, Best soFar) {
    if (interval < 1) {
      throw new IllegalArgumentException("validation: interval " + interval + " is not positive");
    }
    this.last = last;
    this.first = first;
    this.network = network;
    this.validation = validation;
    this.interval = interval;
    this.best = soFar;
    this.latest = soFar.evaluation();
  }

  @Override
  public void afterStep(Step done) {
    if (done.number() % interval == 0 || done.number() == last) {
      Evaluation now = Evaluation.of(network, validation);
      latest = now;
      if (best.step < first
          || !best.evaluation.isBetterThan(now)) { // of equally good ones the later
        best = new Best(done.number(), now, network.snapshot());
      }
    }
  }

  /** The network when it did best so far. */
  public Best best() {
    return best;
  }

  /** The evaluation that was made last; in a training that goes on, the best until there is one. */
  public Evaluation latest() {
    return latest;
  }
}
