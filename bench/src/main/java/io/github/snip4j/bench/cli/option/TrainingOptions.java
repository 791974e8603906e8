package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptimizerKind;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.ScheduleKind;
import io.github.snip4j.bench.options.ScoringSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How what is left is trained, and with them all options of a run. */
public final class TrainingOptions {
  private static final int USUAL_ITERATIONS = 16_200;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Training steps (default: 16200, 30 epochs of MNIST).")
  @Nullable Integer iterations;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Examples per step (default: ${DEFAULT-VALUE}, or all of your own data if these are"
              + " fewer).")
  int batch;

  @Option(
      names = "--parts",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Cut each batch into N parts and train by the mean of their gradients, added in their"
              + " order, as N machines do that compute a part each (run --on), to the same bits."
              + " Dropout is drawn and batch norms normalise for each part by itself (default:"
              + " ${DEFAULT-VALUE}).")
  int parts;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Learning rate that the schedule begins with (default: 0.1; 0.001 for adam and adamw).")
  @Nullable Double lr;

  @Option(
      names = "--schedule",
      defaultValue = "piecewise",
      description =
          "Where the learning rate goes; piecewise: a tenth from 70 %% of the steps on, a hundredth"
              + " from 90 %%; step: a tenth every 25000 steps, as in the paper on MNIST;"
              + " step-30k: every 30000, as there on CIFAR-10; cosine: down to 0;"
              + " constant (default: ${DEFAULT-VALUE}).")
  ScheduleKind schedule = ScheduleKind.PIECEWISE;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Linear warm-up: number of steps over which the learning rate rises to --lr, before the"
              + " schedule begins (default: ${DEFAULT-VALUE}).")
  int warmUp;

  @Option(
      names = "--optimizer",
      defaultValue = "momentum",
      description =
          "sgd, momentum (0.9), nesterov (0.9), adam or adamw (default: ${DEFAULT-VALUE}).")
  OptimizerKind optimizer = OptimizerKind.MOMENTUM;

  @Option(
      names = "--weight-decay",
      paramLabel = "FACTOR",
      defaultValue = "0.0005",
      description = "Pull of the weights towards 0 (default: ${DEFAULT-VALUE}).")
  double weightDecay;

  @Option(
      names = "--redraw",
      description =
          "Train from a second, independent draw of the weights instead of the one that"
              + " was scored, as the authors' code does (default: off).")
  boolean redraw;

  @Option(
      names = "--allow-collapse",
      description =
          "Train also where nothing is left of a layer (default: that is an error, before"
              + " training).")
  boolean allowCollapse;

  private @Mixin KernelOptions kernels = new KernelOptions();

  private @Mixin MovingOptions moving = new MovingOptions();

  private @Mixin RetrainOptions retraining = new RetrainOptions();

  @Option(
      names = "--with-dense",
      description = "Also train the whole network in the same way, to compare (default: off).")
  boolean withDense;

  /**
   * All options of a run: these, and those of what comes before.
   *
   * @throws OptionException if one is out of range
   */
  public RunOptions run(
      NetworkOptions network,
      CriterionKind criterion,
      double sparsity,
      long seed,
      ScoringOptions scoring,
      DataSpec data) {
    double rate = lr == null ? optimizer.defaultRate() : lr;
    RetrainSpec later = retraining.spec(rate);
    ScoringSpec scored = scoring.spec(criterion, allowCollapse, later.usualRounds(criterion));
    return new RunOptions(
        NamedModel.recorded(network.model),
        network.classes,
        data,
        later.rival().takesSparsity() ? sparsity : 0,
        steps(later, scored.rounds()),
        batch,
        parts,
        rate,
        schedule,
        warmUp,
        weightDecay,
        optimizer,
        seed,
        scoring.sensitivityBatch,
        redraw,
        scoring.draw.spec(),
        scoring.biases,
        scored,
        kernels.mode(),
        moving.spec(),
        later,
        withDense,
        null,
        null);
  }

  private int steps(RetrainSpec later, int rounds) {
    if (!later.inRounds()) {
      return iterations == null ? USUAL_ITERATIONS : iterations;
    }
    int steps = Math.max(1, later.steps(rounds));
    if (iterations != null && iterations != steps) {
      throw new OptionException(
          "%s %s: %s and %s say how long is trained: expected no %s",
          OptionException.field("iterations"),
          iterations,
          OptionException.field("pretrain"),
          OptionException.field("retrain"),
          OptionException.field("iterations"));
    }
    return steps;
  }
}
