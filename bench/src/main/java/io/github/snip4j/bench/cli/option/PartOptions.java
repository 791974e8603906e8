package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.parts.PartCluster;
import io.github.snip4j.bench.parts.RemoteParts;
import java.io.IOException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the parts of batches are computed. */
public final class PartOptions {
  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description =
          "Compute the parts of each batch (--parts) on a Spark cluster, one on each of N machines or"
              + " cores, as in spark://host:7077 or local-cluster[2,1,1024]; needs a build with"
              + " Spark, which is not the usual one (default: here, one after the other).")
  private @Nullable String on;

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Where this program listens for the machines of --on, if a firewall lets only some ports"
              + " through (default: any port that is free).")
  private @Nullable Integer port;

  /**
   * Who computes the parts of a run.
   *
   * @return null for this program
   * @throws UserError if these are machines, and the run does not have parts for them, or this
   *     build has none
   */
  public @Nullable RemoteParts workers(RunOptions options) throws IOException {
    String master = on;
    if (port != null && (port < 1 || port > 65_535)) {
      throw new UserError("--port " + port + ": expected 1 to 65535");
    }
    if (master == null && port != null) {
      throw new UserError("--port " + port + ": nobody connects to this program: expected --on");
    }
    if (master == null) {
      return null;
    }
    if (options.parts() == 1) {
      throw new UserError(
          "--on "
              + master
              + ": each machine computes a part of every batch: expected --parts 2 or more");
    }
    if (options.retraining().gradual()) {
      throw new UserError(
          "--on "
              + master
              + ": the machines keep the connections of the beginning: expected no --gradual");
    }
    PartCluster cluster =
        ServiceLoader.load(PartCluster.class)
            .findFirst()
            .orElseThrow(() -> SweepOptions.notBuiltIn(master));
    return new RemoteParts(master, options.parts(), cluster, port == null ? 0 : port);
  }
}
