package io.github.snip4j.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.snip4j.bench.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser shows a comparison: chromium, where there is one. */
class ComparisonInBrowserTest {
  @TempDir Path folder;

  @Test
  void thereIsALineForEachCriterion() throws IOException, InterruptedException {
    Optional<String> path = Chromium.path();
    assumeTrue(path.isPresent(), "no chromium on the PATH: the page is not looked at");
    Path page = folder.resolve("report.html");
    Compared.report().report().write(page);
    try (Chromium browser = new Chromium(path.orElseThrow(), folder)) {
      for (String scheme : new String[] {"light", "dark"}) {
        browser.show(page, 1200, scheme, "screen");
        assertThat(
                browser.evaluate(
                    "[...document.querySelectorAll('.u-label')].map(l => l.innerText)"))
            .isEqualTo("sparsity,connection sensitivity,magnitude,grasp,synflow,random");
        browser.screenshot(Path.of("target", "screenshots", "comparison-" + scheme + ".png"));
      }
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
