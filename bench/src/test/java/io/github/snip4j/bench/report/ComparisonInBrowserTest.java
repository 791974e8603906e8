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
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int A4_WITHIN_MARGINS = 672;

  @TempDir Path folder;

  @Test
  void thereIsALineForEachCriterion() throws IOException, InterruptedException {
    Optional<String> path = Chromium.path();
    assumeTrue(path.isPresent(), "no chromium on the PATH: the page is not looked at");
    Path page = folder.resolve("report.html");
    Compared.report().report().write(page);
    try (Chromium browser = new Chromium(path.orElseThrow(), folder)) {
      for (int width : new int[] {1200, 390}) {
        for (String scheme : new String[] {"light", "dark"}) {
          browser.show(page, width, scheme, "screen");
          assertThat(
                  browser.evaluate(
                      "[...document.querySelectorAll('.u-label')].map(l => l.innerText)"))
              .isEqualTo("sparsity,connection sensitivity,magnitude,grasp,synflow,random");
          assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as("nothing is wider than the window")
              .isEqualTo("true");
          assertThat(browser.evaluate("document.querySelector('.settings').open"))
              .isEqualTo("false");
          browser.screenshot(SCREENSHOTS.resolve("comparison-" + width + "-" + scheme + ".png"));
        }
      }
      browser.show(page, A4_WITHIN_MARGINS, "light", "print");
      assertThat(
              browser.evaluate(
                  "[...document.querySelectorAll('.wide')].every(w => w.scrollWidth <= w.clientWidth)"))
          .as("no table is cut off on paper, where nobody can scroll")
          .isEqualTo("true");
      assertThat(browser.evaluate("document.querySelector('.settings').open"))
          .as("the settings are on paper")
          .isEqualTo("true");
      browser.print(SCREENSHOTS.resolve("comparison.pdf"));
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
