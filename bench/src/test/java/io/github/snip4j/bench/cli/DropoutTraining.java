package io.github.snip4j.bench.cli;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.Checkpoint;
import io.github.snip4j.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program: trains a network with dropout up to a step, from a checkpoint if there is one, and
 * writes a checkpoint there. Its layers are wide enough that two threads share what is drawn.
 */
final class DropoutTraining {
  private static final int STEPS = 30;
  private static final Seed SEED = new Seed(4);

  private static final BatchSource NOISE =
      new BatchSource() {
        @Override
        public Batch at(long step) {
          int[] labels = new int[100];
          for (int i = 0; i < labels.length; i++) {
            labels[i] = new Seed(6).child(step).below(i, 3);
          }
          return new Batch(RandomTensors.normal(step, 5, 100), labels);
        }

        @Override
        public int batchesPerEpoch() {
          return 2;
        }
      };

  private DropoutTraining() {}

  private static Network network() {
    return new Network(
        "small",
        Shape.of(5),
        3,
        new Sequential(
            new Dropout("drop1", 0.2),
            new Linear("fc1", 5, 400, VarianceScaling.he(), SEED),
            new Relu(),
            new Dropout("drop2", 0.5),
            new Linear("fc2", 400, 3, VarianceScaling.he(), SEED)));
  }

  /** Takes the step to end with and the file. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    int last = Integer.parseInt(arguments[0]);
    Path file = Path.of(arguments[1]);
    Network network = network();
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    BestOnValidation best;
    if (Files.exists(file)) {
      BestOnValidation.Best before = Checkpoint.load(file).restore(network, optimizer);
      best = new BestOnValidation(network, NOISE, 10, STEPS, before);
    } else {
      best = new BestOnValidation(network, NOISE, 10, STEPS);
    }
    Schedule rate = Schedule.constant(0.01);
    Trainer.fit(network, NOISE, optimizer, rate, optimizer.steps(), last, SEED, best);
    Checkpoint.save(file, network, optimizer, best.best(), "");
    System.out.println(Parallel.threads() + " threads, " + optimizer.steps() + " steps");
  }
}
