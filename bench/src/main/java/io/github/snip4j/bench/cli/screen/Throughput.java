package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.nn.train.Callback;
import java.time.Duration;
import java.util.Locale;

/** How fast training is, its loss, and how long it will take. Read by other threads. */
final class Throughput {
  private final long steps;
  private final long start = System.nanoTime();
  private final long before;
  private volatile State state;

  private record State(long done, long examples, float loss) {}

  /**
   * @param before how many of the steps were done before
   */
  Throughput(long steps, long before) {
    this.steps = steps;
    this.before = before;
    this.state = new State(before, 0, Float.NaN);
  }

  void count(Callback.Step step) {
    state = new State(step.number(), state.examples + step.examples(), step.loss());
  }

  int percent() {
    return (int) (100 * state.done / steps);
  }

  /**
   * Images per second, loss and time left, as in {@code 44,865 images/s, loss 0.0682, 0:00:16
   * left}.
   */
  @Override
  public String toString() {
    State now = state;
    long done = now.done - before;
    if (done == 0) {
      return "";
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Duration left = Duration.ofSeconds(Math.round(seconds / done * (steps - now.done)));
    return String.format(
        Locale.ROOT,
        "%,.0f images/s, loss %.4f, %d:%02d:%02d left",
        now.examples / seconds,
        now.loss,
        left.toHours(),
        left.toMinutesPart(),
        left.toSecondsPart());
  }
}
