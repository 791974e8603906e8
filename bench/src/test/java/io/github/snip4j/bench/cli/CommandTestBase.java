package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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

  /** Runs what must fail: code 2, one sentence. */
  final String mistake(String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(snip4j(arguments)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip();
  }
}
