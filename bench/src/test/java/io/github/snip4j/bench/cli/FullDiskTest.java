package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes not one byte more: the system lets this process make files, but not write to
 * them.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no ulimit")
class FullDiskTest {
  @TempDir Path folder;

  @Test
  void aRunThatCannotWriteItsLockNamesTheFileAndLeavesNothing()
      throws IOException, InterruptedException {
    Path run = folder.resolve("new/run");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0 && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(Snip4j.class.getName(), "run", "--model=linear", "--iterations=1"));
    command.add("--out=" + run);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
    assertThat(process.waitFor()).as(said).isEqualTo(2);
    assertThat(said)
        .isEqualTo(
            "snip4j: " + run.resolve(".snip4j.lock") + ": cannot be written: File too large");
    assertThat(folder).isEmptyDirectory();
  }
}
