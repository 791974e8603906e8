package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.jmh.CoreType;
import io.github.snip4j.core.internal.parallel.Parallel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a job in JMH's forks.
 *
 * @param forks Javas per job, one after the other
 * @param networkForks those of a job with a whole network, which take longer to warm up
 * @param warmUp milliseconds per kernel, at least a second to be of use
 * @param iterations per fork
 * @param time milliseconds of each
 * @param coreType what {@code OPENBLAS_CORETYPE} is set to, or empty
 */
public record Measuring(
    int forks, int networkForks, int warmUp, int iterations, int time, String coreType) {
  private static final int JAVAS_THAT_START = 10;

  /** The problem of a benchmark that only a build with the profile {@code peers} has. */
  public static final String NOT_IN_BUILD = "is not in this build";

  /** The figure, or why there is none. */
  public record Outcome(Optional<Figure> figure, String problem) {}

  /** Measurements of some 4 seconds per job, which the summary takes. */
  public static Measuring shortly(String coreType) {
    return new Measuring(2, 1, 1_000, 3, 200, coreType);
  }

  /**
   * Measures every job in so many Javas, and warms up twice as long: a step of a large network may
   * take a second, and ten of them until all is compiled.
   */
  public Measuring with(int javas) {
    return new Measuring(javas, javas, 2 * warmUp, iterations, time, coreType);
  }

  /** Runs it; what fails is an outcome too. */
  public Outcome run(Job job) {
    if (job.start() == Start.TWO_THREADS && Runtime.getRuntime().availableProcessors() < 2) {
      return problem("there is one processor only");
    }
    if (job.start() == Start.CORE_TYPE && coreType.isEmpty()) {
      return problem("OPENBLAS_CORETYPE is not known for this processor");
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    PrintStream err = System.err;
    System.setErr(out); // JMH passes on there what the forks print
    try {
      Collection<RunResult> results =
          new Runner(
                  options(job).build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      return results.isEmpty()
          ? problem(reason(log.toString(StandardCharsets.UTF_8)))
          : new Outcome(Optional.of(Figure.of(job, results.iterator().next())), "");
    } catch (NoBenchmarksException e) {
      return problem(NOT_IN_BUILD);
    } catch (RunnerException e) {
      return problem(String.valueOf(e.getMessage()));
    } finally {
      System.setErr(err);
    }
  }

  private static Outcome problem(String sentence) {
    return new Outcome(Optional.empty(), sentence);
  }

  private ChainedOptionsBuilder options(Job job) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + Pattern.quote(job.benchmark()) + "$")
            .forks(javas(job))
            .threads(job.start().asking())
            .warmupIterations(job.isOfStart() ? 0 : 1)
            .warmupTime(TimeValue.milliseconds((long) warmUp * kernels(job)))
            .measurementIterations(iterations(job))
            .measurementTime(TimeValue.milliseconds(time))
            .jvmArgs(inherited(job.start()))
            .jvmArgsAppend(threads(job.start()));
    job.parameters().forEach((name, value) -> options.param(name, value));
    if (job.start() == Start.CORE_TYPE) {
      options.addProfiler(CoreType.class, coreType);
    }
    if (job.equals(Plan.ALLOCATING)) {
      options.addProfiler(GCProfiler.class);
    }
    return options;
  }

  private int javas(Job job) {
    return job.isOfStart()
        ? Math.max(JAVAS_THAT_START, forks)
        : job.isOfNetwork() && !job.isOfPredictor() ? networkForks : forks;
  }

  private int iterations(Job job) {
    return job.isOfStart() ? 1 : javas(job) == 1 ? 2 * iterations : iterations;
  }

  /** How many a job has to warm up, roughly: a network goes through those of all layers. */
  private static int kernels(Job job) {
    return job.isOfPredictor() ? 2 : job.isOfNetwork() && !job.isOfPeer() ? 5 : 1;
  }

  private static String threads(Start start) {
    return "-D" + Parallel.THREADS_PROPERTY + "=" + start.computing();
  }

  /** What this Java was started with, with or without the vector module. */
  private static String[] inherited(Start start) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> start != Start.WITHOUT_VECTORS || !word.startsWith("--add-modules"))
        .toArray(String[]::new);
  }

  /** The first exception in what JMH printed. */
  private static String reason(String log) {
    return log.lines()
        .map(String::strip)
        .filter(line -> line.matches("[a-zA-Z.]+(Exception|Error)\\b.*"))
        .findFirst()
        .orElse("JMH gave no result");
  }
}
