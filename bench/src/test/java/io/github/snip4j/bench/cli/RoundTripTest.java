package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the page on PyTorch, run where there is PyTorch. */
class RoundTripTest {
  private static final Pattern SCRIPT =
      Pattern.compile("```python\n(# Usage: .*?)```", Pattern.DOTALL);
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  private int run(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    builder.environment().put("SNIP4J", java + " -cp '" + path + "' " + Snip4j.class.getName());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(List.of(words) + " still runs after five minutes");
    }
    return process.exitValue();
  }

  @Test
  void aNetworkThatGoesThereAndBackMakesTheSameErrors() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + " is not there");
    assumeTrue(
        run(PYTHON, "-c", "import torch, onnx") == 0,
        "PyTorch (Debian: python3-torch, python3-onnx) is not there");
    Matcher script = SCRIPT.matcher(Files.readString(Path.of("../docs/pytorch.md")));
    assertThat(script.find()).isTrue();
    Path file = Files.writeString(folder.resolve("round_trip.py"), script.group(1));
    int code = run(PYTHON, file.toString(), folder.toString());
    String log = Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
    assertThat(code).as(log).isZero();
    assertThat(log)
        .containsPattern("trained there: [0-9]+ connections, ([0-9]+) of 500 wrong there, \\1 here")
        .containsPattern("trained here: [0-9]+ connections, ([0-9]+) of 500 wrong here, \\1 there");
  }
}
