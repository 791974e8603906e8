package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.summary.Ratios;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The JMH benchmarks, with JMH's own options, or the short form of them. */
@Command(
    name = "bench",
    description =
        "Runs the JMH benchmarks: bench [REGEX] [JMH options]; 'bench -h' shows JMH's"
            + " options, 'bench -l' lists the benchmarks; 'bench --summary' measures the kernels"
            + " and training steps in under ten minutes and writes a table and a page; 'bench"
            + " --summary networks' measures whole networks, 'kernels' the kernels alone,"
            + " 'products' those of layers, 'predictor' one example at a time, 'runs' whole runs, REGEX"
            + " what is called so.")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--summary", description = "The short form: a table and a page.")
  boolean summary;

  @Option(
      names = "--scaling",
      description =
          "What more threads would give training steps, by a model of their pieces, and what two do"
              + " give; WORKLOAD as in lstm-s-95-100, or several.")
  boolean scaling;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "With --summary: where they go (default: runs/<time>-summary).")
  @Nullable Path out;

  @Option(
      names = "--javas",
      paramLabel = "N",
      description =
          "With --summary: how many Javas measure each figure, one after the other; it is the"
              + " median of theirs, and ± how far they are from it (default: 2, for whole networks"
              + " 1).")
  @Nullable Integer javas;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARG",
      description =
          "Passed to JMH as it is; with --summary a REGEX, with --scaling the training steps.")
  List<String> arguments = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, RunnerException {
    if (scaling && summary) {
      throw new UserError("bench: --scaling and --summary: expected one of them");
    }
    if (summary) {
      return new SummaryRun(arguments, out, javas).run(spec.commandLine());
    }
    if (scaling && out == null && javas == null) {
      return ScalingRun.run(arguments, spec.commandLine().getOut());
    }
    if (out != null) {
      throw new UserError("bench: --out goes with --summary; JMH's own results go to -rff FILE");
    }
    if (javas != null) {
      throw new UserError("bench: --javas goes with --summary; JMH's own option is -f");
    }
    return jmh();
  }

  private int jmh() throws IOException, RunnerException {
    String[] jmh =
        arguments.stream().map(word -> word.equals("--help") ? "-h" : word).toArray(String[]::new);
    CommandLineOptions options;
    try {
      options = new CommandLineOptions(jmh);
    } catch (CommandLineOptionException e) {
      throw new UserError("bench: " + e.getMessage() + " (see: snip4j bench --help)");
    }
    if (asksOnly(options)) {
      org.openjdk.jmh.Main.main(jmh);
      return 0;
    }
    try {
      Ratios.print(new Runner(options).run(), spec.commandLine().getOut());
    } catch (NoBenchmarksException e) {
      throw new UserError("bench: no benchmark is called so: 'bench -l' lists them");
    }
    return 0;
  }

  private static boolean asksOnly(CommandLineOptions options) {
    return options.shouldHelp()
        || options.shouldList()
        || options.shouldListWithParams()
        || options.shouldListProfilers()
        || options.shouldListResultFormats();
  }
}
