package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.report.WritesAPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections without an order have another one in every Java that starts; pages do not. */
class SamePageTest {
  @TempDir Path folder;

  @Test
  void aPageHasTheSameBytesInEveryJava() throws IOException, InterruptedException {
    for (String name : List.of("a.html", "b.html", "c.html")) {
      String page = folder.resolve(name).toString();
      SubProcess.Result result = SubProcess.run(WritesAPage.class, List.of("-Xshare:off"), page);
      assertThat(result.exitCode()).as(result.output()).isZero();
    }
    assertThat(folder.resolve("b.html")).hasSameBinaryContentAs(folder.resolve("a.html"));
    assertThat(folder.resolve("c.html")).hasSameBinaryContentAs(folder.resolve("a.html"));
  }
}
