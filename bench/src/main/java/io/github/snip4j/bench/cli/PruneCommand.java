package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.DataOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.FewExamples;
import io.github.snip4j.bench.cli.option.GivenWeights;
import io.github.snip4j.bench.cli.option.PruneOutput;
import io.github.snip4j.bench.cli.option.PruningOptions;
import io.github.snip4j.bench.cli.option.ScoringOn;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.StartOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ConsoleReport;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.bench.scoring.Sums;
import io.github.snip4j.bench.scoring.remote.RemoteSums;
import io.github.snip4j.bench.scoring.remote.ScoringStart;
import io.github.snip4j.bench.story.PruneReport;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.LockFile;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.diagnosis.LossChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores and masks only, also of a network and a batch that come from elsewhere. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = "Scores a network's connections and writes scores and masks; trains nothing.")
final class PruneCommand implements Callable<Integer> {
  @Mixin private PruningOptions pruning = new PruningOptions();

  @Mixin private DataOptions data = new DataOptions();

  private static final long BYTES_PER_CONNECTION = 9; // sensitivity, score, mask

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "The parameters (.npz, .safetensors, .pt, .pth), under PyTorch's names and shapes; what"
              + " masks beside them prune stays pruned (default: drawn by --seed, as 'run' does).")
  @Nullable Path weights;

  @Option(
      names = "--ignore-masks",
      description =
          "Choose among all connections again, those too that the masks in --weights prune.")
  boolean ignoreMasks;

  @Option(
      names = "--batch",
      paramLabel = "B.npz",
      description =
          "The batch to score on: x, float32, examples first, already normalised; labels, int32"
              + " (default: training examples of the dataset, chosen by --seed, as 'run'"
              + " does).")
  @Nullable Path batch;

  @Mixin private PruneOutput output = new PruneOutput();

  @Option(
      names = "--exact-changes",
      paramLabel = "N",
      description =
          "Also remove N connections, chosen by seed, one at a time, and say how well the scores rank"
              + " them by what that does to the loss (default: none).")
  @Nullable Integer exactChanges;

  @Mixin private ScoringOn cluster = new ScoringOn();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    pruning.check();
    if (exactChanges != null && exactChanges < 1) {
      throw new UserError("--exact-changes " + exactChanges + ": expected 1 or more");
    }
    if (ignoreMasks && weights == null) {
      throw new UserError("--ignore-masks without --weights: drawn networks have no masks");
    }
    cluster.check(pruning.scoring.spec(pruning.criterion, true), batch);
    DataSpec examples = data.spec(new ShowingOptions());
    Path folder = output.checked(weights, batch);
    LockFile lock = RunFolder.lock(folder);
    try (lock) {
      return prune(examples, folder.resolve(PruneOutput.PAGE));
    }
  }

  private int prune(DataSpec examples, Path page) throws IOException {
    ConsoleReport screen =
        new ConsoleReport(spec.commandLine().getOut(), spec.commandLine().getErr());
    screen.machine(engine.start());

    String model = pruning.network.model().name();
    if (weights != null || !pruning.network.model().isDrawn()) {
      StartOptions.checkDraw(model, pruning.scoring.draw.spec(), true);
    }
    RunSeeds draws = new RunSeeds(pruning.seed, pruning.scoring.draw.spec());
    GivenBatch given = batch == null ? null : GivenBatch.read(batch);
    Network network =
        draws.network(
            given == null
                ? data.data().on(pruning.network.model(), pruning.network.classes)
                : given.fitted(pruning.network.model(), pruning.network.classes));
    if (weights != null) {
      network = GivenWeights.read(weights, network, ignoreMasks);
    }
    long room = BYTES_PER_CONNECTION * network.connections() + RunFolder.PAGE_BYTES;
    DiskSpace.real().requireExactly(Objects.requireNonNull(page.getParent()), room);
    ScoringSpec scoring = pruning.scoring.spec(pruning.criterion, true);
    if (given == null) {
      pruning.scoring.sensitivityBatch =
          FewExamples.fitted(
              "--sensitivity-batch",
              pruning.scoring.sensitivityBatch,
              data.data(),
              examples.limit(),
              spec.commandLine().getParseResult());
      Pictures pictures = data.data().read(examples);
      Splits splits = draws.splits(pictures, examples);
      List<Batch> batches =
          draws.sensitivityBatches(
              splits, pruning.scoring.sensitivityBatch, scoring.batches(), examples);
      ScoringStart begin =
          new ScoringStart(
              examples,
              pictures.sha256(),
              pruning.seed,
              pruning.scoring.draw.spec(),
              pruning.scoring.biases,
              scoring,
              pruning.scoring.sensitivityBatch);
      PruneReport report;
      try (RemoteSums sums = cluster.sums(begin)) {
        report = prune(network, batches, scoring, draws, sums, screen);
      } catch (UncheckedIOException e) { // a criterion throws no other
        throw e.getCause();
      }
      page(
          page,
          () -> report.drawn(batches.get(0), examples, splits, draws, pruning.scoring.biases),
          screen);
    } else {
      List<Batch> batches = List.of(given.batch(network));
      PruneReport report = prune(network, batches, scoring, draws, null, screen);
      page(page, () -> report.given(batches.get(0)), screen);
    }
    spec.commandLine()
        .getOut()
        .println(
            "written: "
                + output.out
                + (Files.isRegularFile(page) ? ", " + page.getFileName() : ""));
    return 0;
  }

  /** Writes the page; the masks are there without it, whatever goes wrong here. */
  private static void page(Path page, Supplier<Report> report, ConsoleReport screen) {
    try {
      Files.deleteIfExists(page); // an earlier one's
      report.get().write(page);
    } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
      screen.noPage(page, e);
    }
  }

  private PruneReport prune(
      Network network,
      List<Batch> batches,
      ScoringSpec scoring,
      RunSeeds draws,
      @Nullable Sums elsewhere,
      ConsoleReport screen)
      throws IOException {
    Pruning result =
        Pruning.of(
            network,
            batches,
            pruning.sparsity,
            pruning.scoring.biases,
            scoring,
            draws.pruning(),
            elsewhere);
    screen.kept(result);
    if (exactChanges != null) {
      screen.changes(
          LossChanges.of(
              network,
              batches.get(0),
              result.scores(),
              exactChanges,
              draws.pruning().child("sample")));
    }
    output.write(network, result);
    return new PruneReport(network, result, pruning.sparsity, scoring);
  }
}
