package io.github.snip4j.bench.cli.option;

import picocli.CommandLine.Option;

/** What is done to all pictures, those to train on and those to test on. */
public final class PixelOptions {
  @Option(names = "--invert", description = "Invert all pixels (default: off).")
  public boolean invert;
}
