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

  private static final String FULL = ": cannot be written: File too large";

  @TempDir Path temporary;

  /** What the command says, which must fail with code 2. */
  private String mistake(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0 && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary, "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Snip4j.class.getName());
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), Charset.defaultCharset()).strip();
    assertThat(process.waitFor()).as(said).isEqualTo(2);
    return said;
  }

  @Test
  void aRunThatCannotWriteItsLockNamesTheFileAndLeavesNothing()
      throws IOException, InterruptedException {
    Path run = folder.resolve("new/run");
    assertThat(mistake("run", "--model=linear", "--iterations=1", "--out=" + run))
        .isEqualTo("snip4j: " + run.resolve(".snip4j.lock") + FULL);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aShellThatCannotWriteItsFirstLinesNamesTheirFile() throws IOException, InterruptedException {
    assertThat(mistake("shell")).startsWith("snip4j: " + temporary).endsWith(".jsh" + FULL);
    assertThat(temporary).isEmptyDirectory();
  }
}
