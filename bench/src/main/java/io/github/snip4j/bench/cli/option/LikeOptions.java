package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Repeating a run that is finished. */
public final class LikeOptions {
  /** What decides no number of a result, but where and how it is computed. */
  private static final Set<String> BESIDE =
      Set.of(
          "--like",
          "--out",
          "--overwrite",
          "--threads",
          "--on",
          "--port",
          "--gemm",
          "--data-dir",
          "--checkpoint-every",
          "--debug");

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description =
          "Repeat the run of this result.json, or of the folder that holds it, with its options and"
              + " to the same bits; only --out, --overwrite, --threads, --gemm, --data-dir, --on,"
              + " --port and --checkpoint-every may be given too.")
  public @Nullable Path like;

  /**
   * The result of the run to repeat.
   *
   * @param file as given
   * @throws UserError if options are given that the run has, or there is no finished run
   * @throws IOException if the result cannot be read
   */
  public static RunResult read(Path file, ParseResult given) throws IOException {
    for (OptionSpec option : given.matchedOptions()) {
      if (!BESIDE.contains(option.longestName())) {
        throw new UserError(
            option.longestName() + " does not go with --like: a repeated run keeps its options");
      }
    }
    if (Files.isDirectory(file) && RunFolder.holdsCheckpoint(file)) {
      throw new UserError(
          "--like " + file + ": the run is not finished: --resume " + file + " goes on with it");
    }
    Path result = Files.isDirectory(file) ? file.resolve("result.json") : file;
    if (!Files.exists(result)) {
      throw new UserError("--like " + file + ": there is no " + result);
    }
    return RunResult.read(result);
  }

  /**
   * The options of a run, with its data elsewhere if that is asked for.
   *
   * @param dir null for where they were
   */
  public static RunOptions options(RunResult run, @Nullable String dir) {
    RunOptions options = run.options();
    DatasetOptions.checkMovable(options.data(), dir);
    return dir == null ? options : options.withData(options.data().at(dir));
  }
}
