package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Runs the command within the test's own Java, and keeps what it prints. */
public abstract class CommandTestBase {
  public final StringWriter out = new StringWriter();
  public final StringWriter err = new StringWriter();
  public @TempDir Path folder;

  final int snip4j(String... arguments) {
    return Snip4j.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** The option for real pictures, and few, where their number is not the point. */
  final String fewDigits() {
    try {
      return "--data-dir=" + FewDigits.in(folder.resolve("digits"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs what must fail: code 2, one sentence. */
  final String mistake(String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(snip4j(arguments)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip();
  }
}
