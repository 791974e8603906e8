package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.Interrupted;
import io.github.snip4j.bench.run.Machine;
import io.github.snip4j.bench.run.Rule;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunOptions;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prune, train, evaluate: the main job. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = "Prunes a network at initialisation, trains what is left, and evaluates it.")
final class RunCommand implements Callable<Integer> {
  @Mixin private PruningOptions pruning = new PruningOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private ShowingOptions showing = new ShowingOptions();

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "16200",
      description = "Training steps (default: ${DEFAULT-VALUE}, 30 epochs of MNIST).")
  int iterations;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Examples per step (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description =
          "Learning rate of the first steps; a tenth of it from 70 %% of the steps on, a"
              + " hundredth from 90 %% (default: 0.1; 0.001 for adam and adamw).")
  @Nullable Double lr;

  @Option(
      names = "--optimizer",
      defaultValue = "momentum",
      description =
          "sgd, momentum (0.9), nesterov (0.9), adam or adamw (default:" + " ${DEFAULT-VALUE}).")
  Rule optimizer = Rule.MOMENTUM;

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

  @Mixin private KernelOptions kernels = new KernelOptions();

  @Option(
      names = "--with-dense",
      description = "Also train the whole network in the same way, to compare (default: off).")
  boolean withDense;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for result.json and network.npz (default: runs/<time>-<model>).")
  @Nullable Path out;

  @Option(
      names = "--overwrite",
      description = "Replace the results of an earlier run in that folder (default: off).")
  boolean overwrite;

  @Mixin private ResumeOptions resume = new ResumeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    resume.check();
    return resume.folder == null ? begin() : goOn(resume.folder);
  }

  private int begin() throws IOException {
    Model network = pruning.model();
    RunOptions options = options();
    Path path = out == null ? RunFolder.defaultPath(network.name()) : out;
    if (!overwrite && RunFolder.holdsCheckpoint(path)) {
      throw new UserError(
          (path + " holds a run that is not finished: --resume " + path + " goes on with it,")
              + " --overwrite begins anew");
    }
    if (!overwrite && RunFolder.holdsResults(path)) {
      throw new UserError(
          path + " holds the results of an earlier run: choose another --out, or --overwrite");
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UserError("--out " + path + ": expected a folder, not a file");
    }
    Machine machine = engine.start();
    RunFolder folder = RunFolder.open(path);
    Screen screen = screen(machine, folder);
    Experiment.run(network, data.data(), options, resume.checkpointEvery, folder, screen);
    return 0;
  }

  private int goOn(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new UserError("--resume " + path + ": there is no such folder");
    }
    if (!RunFolder.holdsCheckpoint(path)) {
      throw new UserError(
          RunFolder.holdsResults(path)
              ? path + ": the run is finished, there is nothing to resume"
              : path + ": there is no checkpoint.npz to resume a run from");
    }
    RunFolder folder = RunFolder.open(path);
    Interrupted run = Interrupted.load(folder, resume.checkpointEvery);
    Ranges.check(run.options());
    SameOptions.check(spec.commandLine().getParseResult(), options(), run.options(), path);
    Model network = NamedModel.of(run.options().model());
    Data dataset = DataOptions.named(run.options().data().name());
    Interrupted here = data.dir == null ? run : run.withDataDir(data.dir.toString());
    Screen screen = screen(engine.start(), folder);
    Experiment.resume(network, dataset, here, folder, screen);
    return 0;
  }

  private Screen screen(Machine machine, RunFolder folder) {
    Screen screen = new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> screen.stopped(folder)));
    screen.machine(machine);
    return screen;
  }

  private RunOptions options() {
    double rate = lr == null ? optimizer.defaultRate() : lr;
    RunOptions options =
        new RunOptions(
            pruning.modelName,
            pruning.classes,
            data.spec(showing),
            pruning.sparsity,
            iterations,
            batch,
            rate,
            weightDecay,
            optimizer,
            pruning.seed,
            pruning.sensitivityBatch,
            redraw,
            pruning.biases,
            kernels.rule(),
            withDense);
    Ranges.check(options);
    return options;
  }
}
