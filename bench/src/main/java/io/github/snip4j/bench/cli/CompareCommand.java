package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.CheckpointOptions;
import io.github.snip4j.bench.cli.option.DataOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.FewExamples;
import io.github.snip4j.bench.cli.option.NetworkOptions;
import io.github.snip4j.bench.cli.option.ScoringOptions;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.TrainingOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ComparisonConsole;
import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.compare.ComparisonRunner;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.story.ReportFiles;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Criteria beside each other, over sparsities and seeds. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Runs each criterion at each sparsity with each seed, and tells the errors' means and"
            + " standard deviations. Started again with the same options, it goes on where it was.")
final class CompareCommand implements Callable<Integer> {
  @Option(
      names = "--criteria",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "snip,magnitude,random",
      description = "Which, as in run --criterion (default: ${DEFAULT-VALUE}).")
  List<CriterionKind> criteria = List.of();

  @Option(
      names = "--sparsities",
      paramLabel = "SHARE",
      split = ",",
      defaultValue = "0.9,0.95,0.98",
      description =
          "The shares of connections to prune; 0 is the dense network (default: ${DEFAULT-VALUE}).")
  List<Double> sparsities = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many seeds, from 1 on (default: ${DEFAULT-VALUE}).")
  int seeds;

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Mixin private ScoringOptions scoring = new ScoringOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private ShowingOptions showing = new ShowingOptions();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for compare.json and a folder for each run; runs that are finished there are not"
              + " run again (default: runs/compare-<model>).")
  @Nullable Path out;

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Integer every = checkpoints.steps();
    List<RunOptions> runs = runs();
    Model model = network.model();
    Path root = out == null ? Path.of("runs", "compare-" + model.name()) : out;
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new UserError("--out " + root + ": expected a folder, not a file");
    }
    Machine machine = engine.start();
    ComparisonConsole screen =
        new ComparisonConsole(
            spec.commandLine().getOut(), spec.commandLine().getErr(), runs.size());
    screen.machine(machine);
    Data dataset = data.data();
    List<RunOptions> fitted =
        runs.stream()
            .map(run -> FewExamples.fitted(run, dataset, spec.commandLine().getParseResult()))
            .toList();
    Comparison comparison =
        new ComparisonRunner(model, dataset, root, every, new ReportFiles()).run(fitted, screen);
    screen.table(comparison, ComparisonRunner.file(root));
    return 0;
  }

  private List<RunOptions> runs() {
    if (seeds < 1) {
      throw new UserError("--seeds " + seeds + ": expected 1 or more");
    }
    DataSpec examples = data.spec(showing);
    List<RunOptions> runs = new ArrayList<>();
    for (CriterionKind criterion : new LinkedHashSet<>(criteria)) {
      for (double sparsity : new LinkedHashSet<>(sparsities)) {
        for (long seed = 1; seed <= seeds; seed++) {
          runs.add(training.run(network, criterion, sparsity, seed, scoring, examples));
        }
      }
    }
    return runs;
  }
}
