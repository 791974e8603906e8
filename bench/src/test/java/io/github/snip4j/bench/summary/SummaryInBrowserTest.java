package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser runs the page's script: chromium, where there is one. */
class SummaryInBrowserTest {
  @TempDir Path folder;

  @Test
  void theScriptDrawsAChartWithALineForEachShape() throws IOException, InterruptedException {
    Optional<String> browser = browser();
    assumeTrue(browser.isPresent(), "no chromium on the PATH: the page's script is not run");
    Figured.summary().write(folder);
    String page = dom(browser.orElseThrow(), folder.resolve("summary.html"));
    assertThat(page).contains("<canvas", "class=\"u-legend").doesNotContain("data-failed");
    Plan.LAYERS.forEach(
        layer -> assertThat(page).containsPattern("<div class=\"u-label\">" + layer + "</div>"));
  }

  private static Optional<String> browser() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(
            dir ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> dir + "/" + name))
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  private String dom(String browser, Path page) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(browser, "--headless", "--no-sandbox"));
    command.add("--disable-gpu");
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--dump-dom");
    command.add(page.toUri().toString());
    Path out = folder.resolve("dom.html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(browser + " is still running after 60 s");
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
