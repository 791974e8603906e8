package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a file says cannot steer a terminal. */
class PlainWriterTest extends CommandTestBase {
  @Test
  void namesOfClassesAreShownAndNotObeyed() throws IOException {
    Path root = TinyTree.write(folder.resolve("tiny-imagenet"), "go\u001b[31mld\u202efish");
    Path sheet = folder.resolve("sheet.png");
    assertThat(
            snip4j(
                "datasets",
                "show",
                "tiny-imagenet",
                "--data-dir=" + root,
                "--examples=4",
                "--choose=random",
                "--out=" + sheet))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("go\\u001b[31mld\\u202efish")
        .doesNotContain("\u001b", "\u202e");
    assertThat(
            mistake(
                "datasets",
                "show",
                "tiny-imagenet",
                "--data-dir=" + root,
                "--examples=4",
                "--choose=class:9",
                "--out=" + sheet))
        .contains("as in class:go\\u001b[31mld\\u202efish");
  }

  @Test
  void whatTheUserTypedIsShownOnOneLine() {
    assertThat(mistake("run", "--model=a\nb\u001b[2J"))
        .startsWith("snip4j: unknown model 'a\\u000ab\\u001b[2J'");
  }

  @Test
  void stackTracesToo() throws IOException {
    Path file = Files.writeString(folder.resolve("w\u001b[2J.npz"), "no archive");
    assertThat(snip4j("--debug", "evaluate", "--network=" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("w\\u001b[2J.npz", "\tat ").doesNotContain("\u001b");
  }
}
