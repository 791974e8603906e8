package io.github.snip4j.bench.parts;

import com.google.gson.JsonParseException;
import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.parts.PartConnection.Kind;
import io.github.snip4j.bench.parts.PartConnection.Message;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.Loader;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.DataParallel;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.nn.train.GradientSum;
import io.github.snip4j.nn.train.TrainingOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Computes one part of each step, on a copy of the network: the program at the other end of the
 * connection says of which, and adds what all parts send.
 */
final class PartWorker {
  /** What a part says before its gradients: training, step, check, nanoseconds. */
  static final int HEAD = Integer.BYTES + 3 * Long.BYTES;

  private static final int AHEAD = 3; // batches that are ready before they are asked for

  private final int part;
  private final PartConnection connection;
  private final CellSources sources;
  private final GradientSum own = new GradientSum();
  private final GradientSum all = new GradientSum();
  private @Nullable Work work;
  private @Nullable Data data; // as the trainings of a run have it
  private @Nullable Examples examples;

  PartWorker(int part, PartConnection connection, CellSources sources) {
    this.part = part;
    this.connection = connection;
    this.sources = sources;
  }

  /** A training that this takes part in. */
  private record Work(PartStart start, DataParallel parallel, Seed seed, Loader batches) {}

  /**
   * Computes until the other program has nothing more to do, or this one cannot.
   *
   * @throws IOException if the connection is lost, or a file cannot be read
   */
  void run() throws IOException {
    try {
      Message message = connection.receive(Integer.MAX_VALUE - 1);
      while (message.kind() != Kind.END) {
        if (message.kind() == Kind.START) {
          begin(message.content());
        } else if (message.kind() == Kind.SUM && work != null) {
          follow(work, message.content());
        } else {
          throw new IOException("a message of kind " + message.kind() + " is not expected here");
        }
        message = connection.receive(Integer.MAX_VALUE - 1);
      }
    } catch (IllegalArgumentException | JsonParseException | BadFileException e) {
      // it would be so however often it is tried
      connection.send(Kind.REFUSED, "part " + (part + 1) + ": " + e.getMessage());
    } finally {
      end();
    }
  }

  private void end() {
    if (work != null) {
      work.batches.close();
    }
    work = null;
  }

  private void begin(ByteBuffer content) throws IOException {
    end();
    PartStart start = PartStart.read(content);
    RunOptions options = start.options();
    Data read = read(options, start.dataSha256());
    RunSeeds draws = new RunSeeds(options);
    Network like = draws.network(read.on(sources.model(options, read), options.classes()));
    Network network = start.network(content, like);
    Optimizer optimizer = new Optimizer(options.optimizer().create(options.weightDecay()), network);
    start.restore(content, network, optimizer);
    TrainingOptions how = TrainingOptions.PLAIN.inParts(options.parts());
    Seed shuffle = new Seed(start.shuffle());
    if (examples == null) {
      throw new IllegalStateException("the examples are read with the data");
    }
    ReusableBatches batches =
        options
            .data()
            .augment()
            .shuffled(examples, options.batch(), shuffle)
            .part(part, options.parts());
    work =
        new Work(
            start,
            new DataParallel(network, optimizer, how),
            new Seed(start.seed()),
            new Loader(batches, AHEAD, start.step()));
    compute(work, start.step(), start.rate());
  }

  private Data read(RunOptions options, String sha256) throws IOException {
    if (data == null) {
      Data found = sources.data(options.data());
      Pictures pictures = found.read(options.data());
      if (!pictures.sha256().equals(sha256)) {
        throw new OptionException(
            "the %s of this machine is not that of the program which trains: a picture, a label or"
                + " the name of a class differs",
            options.data().title());
      }
      data = found.holding(pictures);
      RunSeeds draws = new RunSeeds(options);
      examples = draws.labelled(draws.splits(pictures, options.data()), options.data()).train();
    }
    return data;
  }

  /** Takes the step that all parts add up to, and computes the next one. */
  private void follow(Work now, ByteBuffer content) throws IOException {
    long step = content.getLong();
    double rate = content.getDouble();
    double next = content.getDouble();
    if (step != now.parallel.optimizer().steps()) {
      throw new IOException(
          "the sum of step " + step + ": expected that of " + now.parallel.optimizer().steps());
    }
    all.read(content, now.parallel.size());
    now.parallel.step(all, rate);
    if (step + 1 < now.start.steps()) {
      compute(now, step + 1, next);
    }
  }

  private void compute(Work now, long step, double rate) throws IOException {
    long begin = System.nanoTime();
    own.clear();
    try {
      now.parallel.add(own, now.batches.at(step), part, step, rate, now.seed.child(step));
    } catch (DivergedException e) { // which the other program finds too
      ByteBuffer out = connection.begin(Kind.DIVERGED, HEAD);
      out.putInt(now.start.training()).putLong(step);
      connection.send();
      return;
    }
    ByteBuffer out = connection.begin(Kind.PART, HEAD + own.bytes());
    out.putInt(now.start.training())
        .putLong(step)
        .putLong(ReplicaCheck.of(now.parallel.network(), step))
        .putLong(System.nanoTime() - begin);
    own.write(out);
    connection.send();
  }
}
