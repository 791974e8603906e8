package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.snip4j.bench.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A browser shows the reports: chromium, where there is one. What it shows is kept in {@code
 * target/screenshots}.
 */
class ReportInBrowserTest extends CommandTestBase {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @Test
  void theReportOfARunDrawsItsChartsAndPicturesWithoutComplaint()
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", fewDigits(), "--iterations=240", "--with-dense", "--out=" + run))
        .as(err.toString())
        .isZero();
    look(run.resolve("report.html"), "run", 3, 2 + 10 + 24);
  }

  @Test
  void theReportOfAConvolutionalNetworkShowsItsFilters() throws IOException, InterruptedException {
    assertThat(
            snip4j(
                "prune",
                "--model=lenet-5-caffe",
                "--sparsity=0.9",
                fewDigits(),
                "--out=" + folder.resolve("masks.npz")))
        .as(err.toString())
        .isZero();
    look(folder.resolve("report.html"), "filters", 1, 20);
  }

  @Test
  void theReportOfOneDigitShowsIt() throws IOException, InterruptedException {
    assertThat(
            snip4j(
                "prune",
                "--sensitivity-from=class:3",
                "--sparsity=0.9",
                fewDigits(),
                "--out=" + folder.resolve("masks.npz")))
        .as(err.toString())
        .isZero();
    look(folder.resolve("report.html"), "digit", 1, 2 + 10);
  }

  /** Looks at a page in all the ways that people do. */
  private void look(Path page, String name, int charts, int pictures)
      throws IOException, InterruptedException {
    Optional<String> path = Chromium.path();
    assumeTrue(path.isPresent(), "no chromium on the PATH: the page is not looked at");
    try (Chromium browser = new Chromium(path.orElseThrow(), folder)) {
      for (int width : new int[] {1200, 390}) {
        for (String scheme : new String[] {"light", "dark"}) {
          browser.show(page, width, scheme, "screen");
          check(browser, charts, pictures);
          assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
              .isEqualTo(scheme.equals("light") ? "rgb(255, 255, 255)" : "rgb(20, 24, 29)");
          browser.screenshot(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"));
        }
      }
      browser.show(page, 700, "dark", "print");
      check(browser, charts, pictures);
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
          .as("on paper")
          .isEqualTo("rgb(255, 255, 255)");
      browser.screenshot(SCREENSHOTS.resolve(name + "-print.png"));
      browser.print(SCREENSHOTS.resolve(name + ".pdf"));
      assertThat(browser.complaints()).isEmpty();
      assertThat(browser.requests()).as("what is loaded").containsOnly(page.toUri().toString());
    }
  }

  private static void check(Chromium browser, int charts, int pictures)
      throws InterruptedException {
    assertThat(browser.evaluate("document.querySelectorAll('.plot canvas').length"))
        .isEqualTo(String.valueOf(charts));
    assertThat(browser.evaluate("[...document.images].filter(i => i.naturalWidth > 0).length"))
        .isEqualTo(String.valueOf(pictures));
    assertThat(browser.evaluate("[...document.images].every(i => i.alt.length > 5)"))
        .as("each picture has an alternative")
        .isEqualTo("true");
    assertThat(browser.evaluate("document.documentElement.scrollWidth <= innerWidth && innerWidth"))
        .as("nothing is wider than the window")
        .isNotEqualTo("false");
    assertThat(browser.evaluate(PAINTED)).as("each chart has been painted").isEqualTo("true");
  }

  /** Whether each canvas has pixels of several colours. */
  private static final String PAINTED =
      """
      [...document.querySelectorAll('.plot canvas')].every(canvas => {
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(data.buffer)).size > 10;
      })""";
}
