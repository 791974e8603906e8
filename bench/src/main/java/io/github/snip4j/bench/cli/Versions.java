package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.result.Machine;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"snip4j " + Machine.version() + ", Java " + Machine.java()};
  }
}
