package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Measures how long a run would take on this machine, by a few of its steps. */
public final class RunTime {
  private static final double ENOUGH = 1; // seconds of steps
  private static final int FEWEST = 2; // steps after the first, which is slow
  private static final int MOST = 400;
  private static final int BEGUN = 50; // steps of a method, which expects a trained network
  private static final int EVALUATED = 500;
  private static final int PASSES = 2; // after training: the last step, and the best on validation
  private static final int LAST_CHECKPOINTS = 5;

  private RunTime() {}

  /**
   * The seconds of the whole run: scoring, steps, validation and evaluation.
   *
   * @throws IOException if the data cannot be read
   */
  public static double seconds(Model kind, Data data, RunOptions options) throws IOException {
    long start = System.nanoTime();
    Model model = data.on(kind, options.classes());
    RunSeeds draws = new RunSeeds(options);
    Splits splits = draws.splits(data.read(options.data()), options.data());
    Network dense = draws.network(model);
    List<Batch> batches =
        draws.sensitivityBatches(
            splits, options.sensitivityBatch(), options.scoring().batches(), options.data());
    Pruning pruning =
        Pruning.of(
            dense,
            batches,
            options.sparsity(),
            options.biases(),
            options.eachScoring(),
            draws.pruning());
    Map<String, Storage> kernels = options.kernels().choose(dense, pruning.masks(), batches.get(0));
    Network sparse = dense.restructured(pruning.masks().byName(), kernels);
    BatchSource train =
        options.data().augment().shuffled(splits.train(), options.batch(), draws.shuffle());
    double before = (System.nanoTime() - start) / 1e9;

    RetrainSpec later = options.retraining();
    int steps = options.iterations();
    int whole = options.withDense() ? steps : later.pretrain();
    double sum = before + (whole == 0 ? 0 : training(dense, splits, options, train, whole));
    return later.hasRival()
        ? sum + method(dense, options, train)
        : sum + training(sparse, splits, options, train, steps - later.pretrain());
  }

  /** Ends a method that was only begun. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** The seconds of a method with a training loop of its own. */
  private static double method(Network network, RunOptions options, BatchSource train) {
    RetrainSpec spec = options.retraining();
    double[] seconds = {0};
    long start = System.nanoTime();
    long[] first = {0};
    try {
      spec.rival()
          .create(options.model(), options.sparsity(), spec.rivalLength())
          .prune(
              network,
              train,
              options.seed(),
              (step, of, loss) -> {
                long now = System.nanoTime();
                if (step == 1) {
                  first[0] = now;
                } else if (step == of || step == BEGUN || now - first[0] > 1e9 * ENOUGH) {
                  double each = (now - first[0]) / 1e9 / (step - 1);
                  seconds[0] = (first[0] - start) / 1e9 + each * of;
                  throw new EnoughException();
                }
              });
    } catch (EnoughException e) {
      return seconds[0];
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static double training(
      Network network, Splits splits, RunOptions options, BatchSource train, int steps) {
    double step = step(network, options, train, steps);
    int shown = Math.min(EVALUATED, splits.test().size());
    double each = evaluation(network, new Limited(splits.test().inOrder(shown))) / shown;
    double epochs = (double) steps / train.batchesPerEpoch();
    long all = splits.train().size() + splits.validation().size() + (long) splits.test().size();
    double evaluated =
        epochs * splits.validation().size()
            + PASSES * all
            + LAST_CHECKPOINTS * (double) splits.test().size();
    return steps * step + each * evaluated;
  }

  /** The seconds of an evaluation, once the code for it is compiled. */
  private static double evaluation(Network network, BatchSource examples) {
    long begin = System.nanoTime();
    long took = Long.MAX_VALUE;
    for (int i = 0; i < FEWEST || (i < MOST && System.nanoTime() - begin < 3e8); i++) {
      long start = System.nanoTime();
      Evaluation.of(network, examples);
      took = Math.min(took, System.nanoTime() - start);
    }
    return took / 1e9;
  }

  /** The seconds of a step. */
  private static double step(Network network, RunOptions options, BatchSource train, int steps) {
    Network copy = network.on(parameter -> parameter.copy());
    Optimizer optimizer = new Optimizer(options.optimizer().create(options.weightDecay()), copy);
    Stopwatch watch = new Stopwatch();
    Trainer.fit(
        copy,
        train,
        optimizer,
        Schedule.constant(1e-6), // nothing can diverge
        Math.min(steps, MOST),
        new RunSeeds(options).training(),
        watch);
    return watch.perStep();
  }

  /** Stops after enough steps; the first half of them is not counted. */
  private static final class Stopwatch implements Callback {
    private final long[] times = new long[MOST + 1];
    private int done;

    Stopwatch() {
      times[0] = System.nanoTime();
    }

    @Override
    public void afterStep(Step step) {
      done++;
      times[done] = System.nanoTime();
    }

    @Override
    public boolean wantsToStop() {
      return done > FEWEST && times[done] - times[0] > 1e9 * ENOUGH;
    }

    double perStep() {
      int from = done / 2;
      return (times[done] - times[from]) / 1e9 / (done - from);
    }
  }

  /** The first batch alone. */
  private record Limited(BatchSource all) implements BatchSource {
    @Override
    public Batch at(long step) {
      return all.at(0);
    }

    @Override
    public int batchesPerEpoch() {
      return 1;
    }
  }
}
