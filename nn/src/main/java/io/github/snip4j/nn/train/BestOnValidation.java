package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import java.util.Map;

/** Evaluates on validation data now and then, and remembers the parameters that did best. */
public final class BestOnValidation implements Callback {
  private final Network network;
  private final BatchSource validation;
  private final int interval;
  private final long last;
  private Evaluation best;
  private Map<String, Tensor> parameters;
  private long step;

  /**
   * Starts with the network as it is.
   *
   * @param interval steps between evaluations, at least 1
   * @param last the step that ends the training, which is evaluated too
   */
  public BestOnValidation(Network network, BatchSource validation, int interval, long last) {
    if (interval < 1) {
      throw new IllegalArgumentException("validation: interval " + interval + " is not positive");
    }
    this.last = last;
    this.network = network;
    this.validation = validation;
    this.interval = interval;
    this.best = Evaluation.of(network, validation);
    this.parameters = network.snapshot();
  }

  @Override
  public void afterStep(Step done) {
    if (done.number() % interval == 0 || done.number() == last) {
      Evaluation now = Evaluation.of(network, validation);
      if (now.wrong() <= best.wrong()) { // of equally good ones the later, trained longer
        best = now;
        parameters = network.snapshot();
        step = done.number();
      }
    }
  }

  /** The evaluation that was best. */
  public Evaluation best() {
    return best;
  }

  /** The number of steps after which it was. */
  public long step() {
    return step;
  }

  /** The parameters at that step, by name. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }
}
