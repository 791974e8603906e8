package io.github.snip4j.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A run that a class kills before its tests; each test has its own copy of what it left. */
abstract class KilledRunTestBase extends CommandTestBase {
  @TempDir static Path before;
  static Path data;
  static Path killed;
  static Process process;
  Path run;

  /** Starts a run that would take long, and waits for its first checkpoint. */
  @BeforeAll
  static void begin() throws IOException, InterruptedException {
    data = SmallMnist.write(before.resolve("data"));
    killed = before.resolve("killed");
    List<String> arguments = new ArrayList<>(List.of("run", "--data-dir=" + data));
    arguments.addAll(SmallMnist.OPTIONS);
    arguments.add("--with-dense");
    arguments.addAll(List.of("--iterations=1000000", "--checkpoint-every=7", "--out=" + killed));
    process =
        SubProcess.start(before.resolve("log"), SubProcess.QUICK, arguments.toArray(String[]::new));
    for (int i = 0; i < 600 && !Files.exists(killed.resolve("checkpoint.npz")); i++) {
      Thread.sleep(50);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    run = Files.createDirectory(folder.resolve("run"));
    Files.copy(killed.resolve("checkpoint.npz"), checkpoint());
  }

  final Path checkpoint() {
    return run.resolve("checkpoint.npz");
  }
}
