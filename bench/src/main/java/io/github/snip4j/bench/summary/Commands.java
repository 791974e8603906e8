package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.result.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures whole runs as a user starts them: each in a Java of its own, which is started as this
 * one was.
 *
 * @param main the class of the command line
 * @param javas how many measure each figure, one after the other
 */
public record Commands(Class<?> main, int javas) {
  private static final long BETWEEN_LOOKS = 20; // milliseconds

  /**
   * One run.
   *
   * @param nanoseconds from start to end, or of a training step
   * @param bytes the most that was resident; NaN where the system does not say
   */
  private record Once(double nanoseconds, double bytes) {}

  /** Runs it; what fails is an outcome too. */
  public Measuring.Outcome run(Job job) {
    try {
      List<Once> all = new ArrayList<>();
      for (int i = 0; i < javas; i++) {
        all.add(once(job));
      }
      return new Measuring.Outcome(Optional.of(figure(job, all)), "");
    } catch (IOException e) {
      return new Measuring.Outcome(Optional.empty(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Measuring.Outcome(Optional.empty(), "it was interrupted");
    }
  }

  private static Figure figure(Job job, List<Once> all) {
    double[] times = all.stream().mapToDouble(Once::nanoseconds).sorted().toArray();
    double time = Figure.median(times);
    double spread = Math.max(times[times.length - 1] / time - 1, 1 - times[0] / time);
    double bytes = Figure.median(all.stream().mapToDouble(Once::bytes).sorted().toArray());
    double none = Double.NaN;
    return new Figure(
        job, 1 / time, none, none, none, bytes, none, times.length > 1 ? spread : none);
  }

  private Once once(Job job) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("snip4j-run");
    try {
      Path log = folder.resolve("log");
      Path out = folder.resolve("run");
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(words(job, out))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      double bytes = Double.NaN;
      try {
        while (!process.waitFor(BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
          bytes = resident(process.pid()).orElse(bytes);
        }
      } finally {
        process.destroyForcibly();
      }
      double whole = System.nanoTime() - start;
      if (process.exitValue() != 0) {
        throw new IOException(
            "'run' ended with " + process.exitValue() + ": " + Files.readString(log).strip());
      }
      if (!job.isOfStep()) {
        return new Once(whole, bytes);
      }
      RunResult result = RunResult.read(out.resolve("result.json"));
      double step = result.pruned().trainingSeconds() / result.options().iterations();
      return new Once(1e9 * step, bytes);
    } finally {
      delete(folder);
    }
  }

  private List<String> words(Job job, Path out) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), "run"));
    Map<String, String> options = new TreeMap<>(job.parameters());
    options.put("threads", String.valueOf(job.start().computing()));
    options.put("out", out.toString());
    options.forEach((option, value) -> words.addAll(List.of("--" + option, value)));
    return words;
  }

  /** The most memory that a process had at a time so far, as Linux says. */
  private static Optional<Double> resident(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> 1024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // another system, or it has just ended
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
