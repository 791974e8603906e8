package io.github.snip4j.bench.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a Java of its own, as a user starts it. */
final class SubProcess {
  /** Options for a Java that starts quickly, where what C2 compiles is not the point. */
  static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final long PATIENCE_SECONDS = 300;

  private SubProcess() {}

  /** What a finished command left. */
  record Result(int exitCode, String output) {}

  /**
   * Starts the command.
   *
   * @param jvm options for Java
   * @param log takes what it prints
   */
  static Process start(Path log, List<String> jvm, String... arguments) throws IOException {
    return start(Snip4j.class, log, jvm, arguments);
  }

  private static Process start(Class<?> main, Path log, List<String> jvm, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Runs the command to its end. */
  static Result run(List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    return run(Snip4j.class, jvm, arguments);
  }

  /** Runs a program of the tests to its end. */
  static Result run(Class<?> main, List<String> jvm, String... arguments)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("snip4j", ".log");
    try {
      Process process = start(main, log, jvm, arguments);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
      }
      return new Result(process.exitValue(), Files.readString(log, Charset.defaultCharset()));
    } finally {
      Files.delete(log);
    }
  }
}
