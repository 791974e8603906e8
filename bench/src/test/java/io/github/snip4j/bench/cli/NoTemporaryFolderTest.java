package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where programs have no place for temporary files, as in a hardened container. */
class NoTemporaryFolderTest {
  @TempDir Path folder;

  @Test
  void aRunComesToItsNumbersAndItsPage() throws IOException, InterruptedException {
    Path out = folder.resolve("run");
    SubProcess.Result run =
        SubProcess.run(
            List.of("-Djava.io.tmpdir=" + folder.resolve("none")),
            "run",
            "--model=linear",
            "--iterations=5",
            "--batch=20",
            "--sensitivity-batch=20",
            "--data-dir=" + SmallMnist.write(folder.resolve("data")),
            "--out=" + out);
    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContain("warning: ");
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("network.npz", "report.html", "result.json");
  }
}
