package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.snip4j.bench.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser runs the page's script: chromium, where there is one. */
class SummaryInBrowserTest {
  @TempDir Path folder;

  @Test
  void theScriptDrawsAChartWithALineForEachShape() throws IOException, InterruptedException {
    Optional<String> path = Chromium.path();
    assumeTrue(path.isPresent(), "no chromium on the PATH: the page's script is not run");
    Figured.summary().writePage(folder);
    try (Chromium browser = new Chromium(path.orElseThrow(), folder)) {
      browser.show(folder.resolve("summary.html"), 1200, "light", "screen");
      assertThat(browser.evaluate("document.querySelectorAll('#chart canvas').length"))
          .isEqualTo("1");
      assertThat(
              browser.evaluate("[...document.querySelectorAll('.u-label')].map(l => l.innerText)"))
          .contains(Plan.LAYERS);
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
