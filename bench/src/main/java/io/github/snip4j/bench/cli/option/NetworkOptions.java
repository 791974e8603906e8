package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.nn.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which network. */
public final class NetworkOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "lenet-300-100",
      description =
          "The network: a name, which 'snip4j models' lists, or a file FILE.onnx, whose"
              + " weights it begins with (default: ${DEFAULT-VALUE}).")
  String modelName = "";

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "How many classes the network tells apart (default: as many as the data have; 10 for"
              + " 'prune --batch').")
  public @Nullable Integer classes;

  public Model model() {
    return NamedModel.of(modelName);
  }

  /** All options of a run, checked. */
  public RunOptions run(
      CriterionKind criterion,
      double sparsity,
      long seed,
      ScoringOptions scoring,
      DataSpec data,
      TrainingOptions training) {
    RunOptions options =
        new RunOptions(
            NamedModel.recorded(modelName),
            classes,
            data,
            sparsity,
            training.iterations,
            training.batch,
            training.rate(),
            training.schedule,
            training.warmUp,
            training.weightDecay,
            training.optimizer,
            seed,
            scoring.sensitivityBatch,
            training.redraw,
            scoring.biases,
            scoring.spec(criterion, training.allowCollapse),
            training.kernels.mode(),
            training.withDense);
    Ranges.check(options);
    return options;
  }
}
