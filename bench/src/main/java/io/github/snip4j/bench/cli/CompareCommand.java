package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.cell.CellWorkers;
import io.github.snip4j.bench.cli.option.CheckpointOptions;
import io.github.snip4j.bench.cli.option.DataOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.FewExamples;
import io.github.snip4j.bench.cli.option.NetworkOptions;
import io.github.snip4j.bench.cli.option.RunLine;
import io.github.snip4j.bench.cli.option.ScoringOptions;
import io.github.snip4j.bench.cli.option.SeedList;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.SweepOptions;
import io.github.snip4j.bench.cli.option.TrainingOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ComparisonConsole;
import io.github.snip4j.bench.compare.ComparisonRunner;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RivalKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.story.ReportFiles;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.ParseResult;
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
      paramLabel = "LIST",
      defaultValue = "3",
      description =
          "How many seeds, from 1 on, as in 3; or which, as in 1,4,7-12, or 4-4 for one (default:"
              + " ${DEFAULT-VALUE}).")
  String seeds = "";

  @Mixin private SweepOptions sweep = new SweepOptions();

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
          "Folder for compare.json, compare.csv and a folder for each run; runs that are finished"
              + " there are not run again (default: runs/compare-<model>).")
  @Nullable Path out;

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Integer every = checkpoints.steps();
    if (spec.commandLine().getParseResult().matchedOptionValue("--method", RivalKind.SNIP)
        != RivalKind.SNIP) {
      throw new UserError(
          "--method: criteria are compared here: 'snip4j reproduce table-1' compares methods, and"
              + " 'run' runs one");
    }
    List<RunOptions> runs = runs();
    Model model = network.model();
    Path root = out == null ? Path.of("runs", "compare-" + model.name()) : out;
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new UserError("--out " + root + ": expected a folder, not a file");
    }
    int jobs = sweep.jobs();
    CellWorkers workers = sweep.workers();
    ParseResult given = spec.commandLine().getParseResult();
    PrintWriter shown = spec.commandLine().getOut();
    List<Cell> asked = sweep.of(ComparisonRunner.cells(runs));
    if (sweep.list) {
      asked.forEach(cell -> shown.println(RunLine.of(given, cell, root)));
      return 0;
    }
    Machine machine = engine.start();
    ComparisonConsole screen =
        new ComparisonConsole(shown, spec.commandLine().getErr(), asked.size(), jobs);
    screen.machine(machine);
    Data dataset = data.data();
    List<Cell> cells =
        asked.stream()
            .map(cell -> cell.with(FewExamples.fitted(cell.options(), dataset, given)))
            .toList();
    ComparisonRunner runner = new ComparisonRunner(model, dataset, root, every, new ReportFiles());
    if (sweep.isPart()) {
      runner.runPart(cells, workers, screen);
      screen.part(runs.size());
    } else {
      screen.table(runner.run(cells, workers, screen), ComparisonRunner.file(root));
    }
    return screen.isWhole() ? 0 : 1;
  }

  private List<RunOptions> runs() {
    DataSpec examples = data.spec(showing);
    List<RunOptions> runs = new ArrayList<>();
    for (CriterionKind criterion : new LinkedHashSet<>(criteria)) {
      for (double sparsity : new LinkedHashSet<>(sparsities)) {
        for (long seed : SeedList.parse(seeds)) {
          runs.add(training.run(network, criterion, sparsity, seed, scoring, examples));
        }
      }
    }
    return runs;
  }
}
