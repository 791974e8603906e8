package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.Converters;
import io.github.snip4j.bench.cli.option.DataOptions;
import io.github.snip4j.bench.cli.option.DatasetOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.FewExamples;
import io.github.snip4j.bench.cli.option.LikeOptions;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.OptionFields;
import io.github.snip4j.bench.cli.option.PartOptions;
import io.github.snip4j.bench.cli.option.PruningOptions;
import io.github.snip4j.bench.cli.option.ResumeOptions;
import io.github.snip4j.bench.cli.option.SameOptions;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.StartOptions;
import io.github.snip4j.bench.cli.option.TrainingOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ConsoleReport;
import io.github.snip4j.bench.options.EnumNames;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RivalKind;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.parts.RemoteParts;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.story.ReportFiles;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Prune, train, evaluate: the main job. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Prunes a network at initialisation, or while or after it is trained, trains what is left,"
            + " and evaluates it.")
final class RunCommand implements Callable<Integer> {
  @Mixin private PruningOptions pruning = new PruningOptions();

  @Mixin private StartOptions start = new StartOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private ShowingOptions showing = new ShowingOptions();

  @Mixin private TrainingOptions training = new TrainingOptions();

  @Mixin private PartOptions parts = new PartOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for report.html, result.json and network.npz (default:"
              + " runs/<time>-<model>).")
  @Nullable Path out;

  @Option(
      names = "--overwrite",
      description =
          "Replace an earlier run in that folder, once there is something to replace it with"
              + " (default: off).")
  boolean overwrite;

  @Mixin private ResumeOptions resume = new ResumeOptions();

  @Mixin private LikeOptions like = new LikeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Integer every = resume.checkpointEvery();
    if (like.like != null) {
      return again(like.like, every);
    }
    return resume.folder == null ? begin(every) : goOn(resume.folder, every);
  }

  private int begin(@Nullable Integer every) throws IOException {
    Model network = pruning.network.model();
    RunOptions options = options();
    if (!network.isDrawn() && options.redraw()) {
      throw new UserError(
          "--redraw: the weights of " + network.name() + " are not drawn, but read from its file");
    }
    if (!network.isDrawn()) {
      StartOptions.checkDraw(network.name(), options.draw(), true);
    }
    Machine machine = engine.start();
    Data dataset = data.data(); // one of the user's own is read, on the engine's threads
    ParseResult given = spec.commandLine().getParseResult();
    Model begun = StartOptions.begin(network, dataset, options);
    RunOptions fitted =
        StartOptions.sparsity(
            FewExamples.fitted(options, dataset, given),
            begun,
            given.hasMatchedOption("--sparsity"));
    try (RunFolder folder = folder(network);
        RemoteParts workers = parts.workers(fitted)) {
      ConsoleReport screen = screen(machine, folder);
      Experiment.run(begun, dataset, fitted, every, folder, new ReportFiles(), screen, workers);
    }
    return 0;
  }

  /** Repeats a run, and says whether the network has the same bytes. */
  private int again(Path file, @Nullable Integer every) throws IOException {
    RunResult before = LikeOptions.read(file, spec.commandLine().getParseResult());
    RunOptions options = LikeOptions.options(before, data.folder());
    Model network = NamedModel.of(options.model());
    Machine machine = engine.start();
    Data found = DatasetOptions.of(options.data());
    Pictures pictures = found.read(options.data());
    String sha256 = before.dataSha256();
    if (sha256 != null && !sha256.equals(pictures.sha256())) {
      throw new UserError(
          ("--like " + file + ": is of other data than the " + options.data().title())
              + " that is here now");
    }
    Data dataset = found.holding(pictures);
    Model begun = StartOptions.begin(network, dataset, options);
    try (RunFolder folder = folder(network);
        RemoteParts workers = parts.workers(options)) {
      ConsoleReport screen = screen(machine, folder);
      RunResult now =
          Experiment.run(
              begun, dataset, options, every, folder, new ReportFiles(), screen, workers);
      screen.repeated(before, now);
    }
    return 0;
  }

  private RunFolder folder(Model network) throws IOException {
    RunFolder folder = out == null ? RunFolder.create(network.name()) : RunFolder.open(out);
    try {
      checkFree(folder.path());
      return folder;
    } catch (UserError e) {
      folder.close();
      throw e;
    }
  }

  /** Says what is in a folder that would be replaced. */
  private void checkFree(Path path) {
    if (!overwrite && RunFolder.holdsCheckpoint(path)) {
      throw new UserError(
          (path + " holds a run that is not finished: --resume " + path + " goes on with it,")
              + " --overwrite begins anew");
    }
    if (!overwrite && RunFolder.holdsResults(path)) {
      throw new UserError(
          path + " holds the results of an earlier run: choose another --out, or --overwrite");
    }
  }

  private int goOn(Path path, @Nullable Integer every) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new UserError("--resume " + path + ": there is no such folder");
    }
    try (RunFolder folder = RunFolder.open(path)) {
      if (!RunFolder.holdsCheckpoint(path)) {
        throw new UserError(
            RunFolder.holdsResults(path)
                ? path + ": the run is finished, there is nothing to resume"
                : path + ": there is no checkpoint.npz to resume a run from");
      }
      ResumableRun run = ResumableRun.load(folder, every);
      SameOptions.check(spec.commandLine().getParseResult(), options(), run.options(), path);
      String dir = data.folder();
      DatasetOptions.checkMovable(run.options().data(), dir);
      Model network = NamedModel.of(run.options().model());
      Machine machine = engine.start();
      Data dataset = DatasetOptions.of(run.options().data());
      ResumableRun here = dir == null ? run : run.withDataDir(dir);
      ConsoleReport screen = screen(machine, folder);
      Model begun = StartOptions.begin(network, dataset, here.options());
      try (RemoteParts workers = parts.workers(here.options())) {
        Experiment.resume(begun, dataset, here, folder, new ReportFiles(), screen, workers);
      }
    }
    return 0;
  }

  private ConsoleReport screen(Machine machine, RunFolder folder) {
    ConsoleReport screen =
        new ConsoleReport(spec.commandLine().getOut(), spec.commandLine().getErr());
    folder.atTheEnd(() -> screen.stopped(folder));
    screen.machine(machine);
    return screen;
  }

  /**
   * The options of a run that is written as its command line is, without {@code snip4j run}.
   *
   * @throws CommandLine.ParameterException if it is none
   */
  static RunOptions parsed(List<String> words) {
    RunCommand run = new RunCommand();
    CommandLine line = new CommandLine(run);
    Converters.register(line);
    line.parseArgs(words.toArray(String[]::new));
    try {
      return run.options();
    } catch (OptionException e) { // what is given by its words here, and not there
      throw new OptionException(
          "%s", e.sentence(field -> OptionFields.word(line.getCommandSpec(), field)));
    }
  }

  private RunOptions options() {
    RunOptions options = start.recorded(pruning.run(data.spec(showing), training));
    RivalKind method = options.retraining().rival();
    if (!method.takesSparsity()
        && spec.commandLine().getParseResult().hasMatchedOption("--sparsity")) {
      throw new UserError(
          "--method "
              + EnumNames.of(method)
              + ": the method finds out itself how much goes: expected no --sparsity");
    }
    return options;
  }
}
