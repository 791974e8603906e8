package io.github.snip4j.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The JMH benchmarks, with JMH's own options. */
@Command(
    name = "bench",
    description =
        "Runs the JMH benchmarks: bench [REGEX] [JMH options]; 'bench -h' shows JMH's"
            + " options, 'bench -l' lists the benchmarks.")
final class BenchCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "ARG", description = "Passed to JMH as it is.")
  List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    String[] jmh =
        arguments.stream().map(word -> word.equals("--help") ? "-h" : word).toArray(String[]::new);
    try {
      new CommandLineOptions(jmh);
    } catch (CommandLineOptionException e) {
      throw new UserError("bench: " + e.getMessage() + " (see: snip4j bench --help)");
    }
    org.openjdk.jmh.Main.main(jmh);
    return 0;
  }
}
