package io.github.snip4j.bench.report;

import java.io.IOException;
import java.nio.file.Path;

/** A program of its own that writes a page. */
public final class WritesAPage {
  private WritesAPage() {}

  /** Writes it to the file of this name. */
  public static void main(String[] args) throws IOException {
    Compared.report().report().write(Path.of(args[0]));
  }
}
