package io.github.snip4j.bench.parts;

import io.github.snip4j.bench.cell.ClusterException;
import io.github.snip4j.bench.parts.PartConnection.Kind;
import io.github.snip4j.bench.parts.PartConnection.Message;
import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.bench.run.PartWorkers;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.nn.train.DataParallel;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.nn.train.GradientSum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One training whose parts workers compute. If one of them is lost, all begin anew from the step
 * that is being computed: what was done before it is in the copy of the network that is here, so
 * that the bits are those of a training in which nobody was lost.
 */
final class PartSession implements PartWorkers.Session {
  private final String master;
  private final int parts;
  private final PartWorkers.Training training;
  private final PartServer server;
  private final GradientSum sum = new GradientSum();
  private final GradientSum one = new GradientSum();
  private PartConnection @Nullable [] workers; // which compute this training
  private int number; // of the last beginning
  private int beginnings;
  private long steps;
  private long answered; // when the step before was
  private long stepNanos;
  private long slowestNanos;
  private long allNanos;
  private long longest; // nanoseconds that the slowest part of the present step computed
  private long sumOfNanos; // that its parts computed
  private long startNanos;
  private int bytes;

  /**
   * @param before the number of beginnings of earlier trainings
   */
  PartSession(
      String master, int parts, PartWorkers.Training training, PartServer server, int before) {
    this.master = master;
    this.parts = parts;
    this.training = training;
    this.server = server;
    this.number = before;
  }

  /** How many beginnings there were, of earlier trainings too. */
  int trainings() {
    return number;
  }

  @Override
  public GradientSum at(long step, double rate) {
    long asked = System.nanoTime();
    int beginningsBefore = beginnings;
    try {
      while (!collected(step, rate)) {
        checkInterrupted();
      }
      long collected = System.nanoTime();
      if (beginnings > beginningsBefore) {
        startNanos += collected - asked;
      } else if (asked - answered <= longest) { // else the machines waited for this program
        steps++;
        stepNanos += collected - answered;
        slowestNanos += longest;
        allNanos += sumOfNanos;
      }
      answered = collected;
      answer(step, rate);
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkInterrupted() throws InterruptedException {
    if (Thread.interrupted()) { // which closes connections
      throw new InterruptedException();
    }
  }

  private static CancellationException interrupted(long step) {
    return new CancellationException("training: interrupted after step " + step);
  }

  /** Adds the parts of a step in their order; false if a worker was lost. */
  private boolean collected(long step, double rate) throws IOException, InterruptedException {
    PartConnection[] all = workers == null ? server.all() : workers;
    try {
      if (workers == null) {
        begin(all, step, rate);
        workers = all;
      }
      sum.clear();
      longest = 0;
      sumOfNanos = 0;
      for (int part = 0; part < parts; part++) {
        receive(all[part], part, step, rate);
        sum.add(one);
      }
      return true;
    } catch (ClusterException e) {
      throw e;
    } catch (IOException e) { // of a connection: all that is known is in this program
      giveUp(all);
      return false;
    }
  }

  private void begin(PartConnection[] all, long step, double rate) throws IOException {
    number++;
    beginnings++;
    PartStart start = PartStart.of(training, number, step, rate);
    DataParallel parallel = training.parallel();
    for (PartConnection worker : all) {
      start.send(worker, parallel.network(), parallel.optimizer());
    }
  }

  private void giveUp(PartConnection[] all) {
    server.lost(all);
    workers = null;
  }

  /** Takes what a part adds to a step. */
  private void receive(PartConnection worker, int part, long step, double rate) throws IOException {
    int most = PartWorker.HEAD + GradientSum.bytes(training.parallel().size());
    while (true) {
      Message message = worker.receive(Math.max(most, PartConnection.SENTENCE));
      if (message.kind() == Kind.REFUSED) {
        throw new IllegalArgumentException(message.text());
      }
      ByteBuffer content = message.content();
      if ((message.kind() != Kind.PART && message.kind() != Kind.DIVERGED)
          || content.remaining() < Integer.BYTES + Long.BYTES) {
        throw new IOException("a message of kind " + message.kind() + " is not expected here");
      }
      if (content.getInt() != number) {
        continue; // of a training that has ended before
      }
      if (content.getLong() != step) {
        throw new IOException("part " + part + " computes another step than " + step);
      }
      if (message.kind() == Kind.DIVERGED) {
        throw diverged(part, step, rate);
      }
      checkSame(content.getLong(), part, step);
      long nanos = content.getLong();
      bytes = content.remaining();
      try {
        one.read(content, training.parallel().size());
      } catch (IllegalArgumentException e) {
        throw new IOException("part " + part + ": " + e.getMessage(), e);
      }
      longest = Math.max(longest, nanos);
      sumOfNanos += nanos;
      return;
    }
  }

  private void checkSame(long theirs, int part, long step) throws ClusterException {
    if (theirs != ReplicaCheck.of(training.parallel().network(), step)) {
      throw new ClusterException(
          ("part "
                  + (part + 1)
                  + " of "
                  + parts
                  + ": its network has other bits after step "
                  + step)
              + " than the one here: expected the same kernels and Java on all machines",
          new IllegalStateException());
    }
  }

  /** What the loss of a part that is not finite comes from. */
  private DivergedException diverged(int part, long step, double rate) {
    Batch own = training.batches().at(step).part(part, parts);
    try {
      training
          .parallel()
          .add(new GradientSum(), own, part, step, rate, training.seed().child(step));
    } catch (DivergedException e) {
      return e;
    }
    return new DivergedException(step + 1, Double.NaN, rate, "");
  }

  /**
   * Sends to all what they add up to. A worker that is lost meanwhile is missed at the next step.
   */
  private void answer(long step, double rate) throws InterruptedException {
    if (workers == null) {
      return;
    }
    try {
      for (PartConnection worker : workers) {
        ByteBuffer out = worker.begin(Kind.SUM, 3 * Long.BYTES + sum.bytes());
        out.putLong(step).putDouble(rate).putDouble(training.schedule().at(step + 1));
        sum.write(out);
        worker.send();
      }
    } catch (IOException e) {
      giveUp(workers);
      checkInterrupted();
    }
  }

  /** Tells the workers that there is nothing more to do; returns whether all were there. */
  boolean end() {
    if (workers == null) {
      return false;
    }
    try {
      for (PartConnection worker : workers) {
        worker.begin(Kind.END, 0);
        worker.send();
      }
      return true;
    } catch (IOException e) { // one has ended before
      return false;
    }
  }

  @Override
  public Exchange exchange() {
    double each = 1e6 * Math.max(1, steps);
    return new Exchange(
        master,
        bytes,
        steps,
        stepNanos / each,
        slowestNanos / each,
        allNanos / each / parts,
        startNanos / 1e9,
        Math.max(0, beginnings - 1));
  }

  @Override
  public long startNanos() {
    return startNanos;
  }
}
