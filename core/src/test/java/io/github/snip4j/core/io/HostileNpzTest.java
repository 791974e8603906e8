package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made to do harm. */
class HostileNpzTest {
  @TempDir Path folder;

  @Test
  void arraysThatLieOverOneAnotherAreRefusedBeforeAnyIsUnpacked() throws IOException {
    Path file = Field.copy("overlap-8GB.npz", folder);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessage(
            file
                + ": its 2000 arrays claim 8026000 bytes, but the file has 114031: they lie over one"
                + " another");
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(100 * Files.size(file)); // 8 GB were claimed
  }

  @Test
  void aNameThatATerminalWouldObeyIsShown() throws IOException {
    Path file = Field.copy("terminal-escape.npz", folder);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Npz.read(file))
        .withMessageContaining("'\\u001b[2J\\u001b[1;31mEVIL.txt' is not a .npy array")
        .matches(e -> !String.valueOf(e.getMessage()).contains("\u001b"));
  }
}
