package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.result.Cost;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.TimeBreakdown;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.snip.rival.Rival;
import java.util.ArrayList;
import java.util.List;

/**
 * Prunes a network as one of the paper's rivals does, which brings its own training loop. It writes
 * no checkpoints: an interrupted run does this part anew, from the trained network.
 */
final class RivalTraining {
  private static final int MOST_POINTS = 100;

  private final RunOptions options;
  private final LevelCuts cuts;
  private final Checkpoints checkpoints;
  private final RetrainingRounds.Training training;
  private final RunListener listener;

  /**
   * What it works on.
   *
   * @param splits under the labels that are trained on
   * @param batch how many examples a batch has
   * @param batches of the training set
   * @param sample what the masks that come out are described on
   */
  record Data(Splits splits, int batch, ReusableBatches batches, List<Batch> sample) {}

  RivalTraining(
      RunOptions options,
      LevelCuts cuts,
      Checkpoints checkpoints,
      RetrainingRounds.Training training,
      RunListener listener) {
    this.options = options;
    this.cuts = cuts;
    this.checkpoints = checkpoints;
    this.training = training;
    this.listener = listener;
  }

  /** The pruned network, and how it does. */
  RetrainingRounds.Trained run(Network network) {
    RetrainSpec spec = options.retraining();
    Rival rival = spec.rival().create(options.model(), options.sparsity(), spec.rivalLength());
    Data data = training.data();
    Progress progress = new Progress(rival.name(), data.batch);
    PeakHeap heap = new PeakHeap();
    long start = System.nanoTime();
    Network pruned;
    try {
      pruned = rival.prune(network, data.batches, options.seed(), progress::afterStep);
    } finally {
      progress.ends();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Pruning pruning = described(pruned, data.sample);
    TrainingResult.Point point =
        new TrainingResult.Point(
            progress.steps,
            TrainingJob.score(pruned, data.splits.train()),
            TrainingJob.score(pruned, data.splits.validation()),
            TrainingJob.score(pruned, data.splits.test()));
    long steps = Math.max(1, progress.steps);
    Optimizer optimizer = new Optimizer(options.optimizer().create(options.weightDecay()), pruned);
    TimeBreakdown spent = new TimeBreakdown(seconds, seconds, 0, 0);
    TrainingResult result =
        new TrainingResult(
            point,
            point,
            progress.points(point.validation()),
            Cost.of(pruned, optimizer, 0, spent, steps, data.batch, heap.bytes()),
            seconds,
            0,
            0,
            List.of(),
            null,
            null);
    double sparsity = 1 - (double) pruning.masks().kept() / pruning.scores().size();
    PruningLevel level =
        cuts.level(pruned, sparsity, null)
            .ended(progress.steps, 1e3 * seconds / steps, point.test());
    List<PruningLevel> levels = new ArrayList<>(checkpoints.state().levels());
    levels.add(level);
    checkpoints.atLevel(pruning.summary(), LevelCuts.stored(pruned), levels);
    listener.pruned(options, pruning);
    listener.level(options, 1, level);
    return new RetrainingRounds.Trained(pruned, result);
  }

  /** What is left, by magnitude. */
  private Pruning described(Network pruned, List<Batch> sample) {
    int all =
        pruned.parameters().stream()
            .filter(options.biases()::prunable)
            .mapToInt(p -> p.size())
            .sum();
    int kept =
        pruned.parameters().stream()
            .filter(options.biases()::prunable)
            .mapToInt(p -> p.value().size())
            .sum();
    return Pruning.of(
        pruned,
        sample,
        1 - (double) kept / all,
        options.biases(),
        ScoringSpec.of(CriterionKind.MAGNITUDE),
        new Seed(options.seed()));
  }

  /** Tells how far it is, and keeps the losses. */
  private final class Progress {
    private final String name;
    private final int batch;
    private final List<TrainingResult.CurvePoint> losses = new ArrayList<>();
    private long steps;
    private double sum;
    private long summed;
    private boolean begun;

    Progress(String name, int batch) {
      this.name = name;
      this.batch = batch;
    }

    void afterStep(long step, long of, double loss) {
      if (!begun) {
        begun = true;
        listener.trainingBegins(name, of, 0);
      }
      steps = step;
      sum += loss;
      summed++;
      if (step % Math.max(1, of / MOST_POINTS) == 0 || step == of) {
        TrainingResult.Score none = new TrainingResult.Score(0, 0);
        losses.add(new TrainingResult.CurvePoint(step, sum / summed, none));
        sum = 0;
        summed = 0;
      }
      listener.afterStep(new Callback.Step(step, (float) loss, 0, batch));
    }

    /** The last loss alone, as nothing is validated on the way. */
    List<TrainingResult.CurvePoint> points(TrainingResult.Score validation) {
      if (losses.isEmpty()) {
        return List.of();
      }
      TrainingResult.CurvePoint last = losses.get(losses.size() - 1);
      return List.of(new TrainingResult.CurvePoint(last.step(), last.trainingLoss(), validation));
    }

    void ends() {
      if (begun) {
        listener.trainingEnds();
      }
    }
  }
}
