package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That other programs are kept out, and that a crash keeps nobody out, is in LockedRunTest. */
class LockFileTest {
  @TempDir Path folder;

  @Test
  void onlyOneHoldsItAndItsProcessIsNamed() throws IOException {
    Path file = folder.resolve(".lock");
    try (LockFile held = LockFile.hold(file)) {
      assertThat(held.isThere()).isTrue();
      assertThat(Files.readString(file)).startsWith(ProcessHandle.current().pid() + "\n");
      assertThatExceptionOfType(HeldException.class)
          .isThrownBy(() -> LockFile.hold(file))
          .matches(e -> e.holder().equals("this process"))
          .withMessage(file + ": is held by this process");
    }
    assertThat(file).doesNotExist();
    LockFile.hold(file).close();
  }

  @Test
  void whatADeadProgramLeftIsTakenOver() throws IOException {
    Path file = Files.writeString(folder.resolve(".lock"), "1\n"); // of a process that lives
    try (LockFile held = LockFile.hold(file)) {
      assertThat(held.isThere()).isTrue();
      assertThat(Files.readString(file)).startsWith(ProcessHandle.current().pid() + "\n");
    }
  }

  @Test
  void whatSomebodyElseMadeInItsPlaceIsNotTakenForIt() throws IOException {
    Path file = folder.resolve(".lock");
    LockFile first = LockFile.hold(file);
    Files.delete(file);
    assertThat(first.isThere()).isFalse();
    try (LockFile second = LockFile.hold(file)) {
      assertThat(first.isThere()).isFalse();
      first.close();
      assertThat(second.isThere()).isTrue();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> LockFile.hold(folder.resolve("no/.lock")));
  }

  @Test
  void manyThreadsHoldItOneAfterTheOther() throws Exception {
    LockContender.Count count = LockContender.contend(folder, 12, 1_000);
    assertThat(count.together()).isZero();
    assertThat(count.held()).isPositive();
  }

  /** Files are made and deleted all the time, so that new ones get the numbers of old ones. */
  @Test
  void manyProgramsHoldItOneAfterTheOther() throws Exception {
    List<Process> programs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      programs.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xint", // more often in between
                  "-cp",
                  System.getProperty("java.class.path"),
                  LockContender.class.getName(),
                  folder.toString(),
                  "2500")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (Process program : programs) {
      String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(program.waitFor()).isZero();
      assertThat(said).matches("[1-9][0-9]* 0\\s+");
    }
  }

  /** The system lets this program make files, but not write to them. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no ulimit")
  void onAFullDiskTheFileIsNamedAndNotLeft() throws Exception {
    Process program =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 0 && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                LockContender.class.getName(),
                folder.toString(),
                "60000")
            .redirectErrorStream(true)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), Charset.defaultCharset());
    assertThat(program.waitFor()).as(said).isEqualTo(1);
    assertThat(said)
        .contains(
            (FileSystemException.class.getName() + ": " + folder.resolve(".lock"))
                + ": cannot be written: File too large");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aProcessWithTheSameNumberInAnotherContainerIsNotThisOne() {
    long same = ProcessHandle.current().pid();
    assertThat(HeldException.byAnother("file", same).holder()).isEqualTo("process " + same);
    assertThat(HeldException.byAnother("file", null).holder()).isEqualTo("another process");
    assertThat(HeldException.byThisProcess("file")).hasMessage("file: is held by this process");
  }
}
