package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.scoring.remote.RemoteSums;
import io.github.snip4j.bench.scoring.remote.ScoringCluster;
import io.github.snip4j.bench.scoring.remote.ScoringStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the parts of a scoring are computed. */
public final class ScoringOn {
  @Option(
      names = "--on",
      paramLabel = "MASTER",
      description =
          "Compute the parts (--sensitivity-parts) on a Spark cluster, as in spark://host:7077 or"
              + " local-cluster[2,1,1024]; needs a build with Spark, which is not the usual one"
              + " (default: here, one after the other).")
  private @Nullable String on;

  /**
   * Sees that there is something that machines can compute.
   *
   * @param batch the file that is scored on; null for a dataset
   * @throws UserError if there is not
   */
  public void check(ScoringSpec spec, @Nullable Path batch) {
    if (on == null) {
      return;
    }
    if (spec.sensitivityParts() == null) {
      throw new UserError(
          "--on "
              + on
              + ": each task computes a part of the batches: expected --sensitivity-parts");
    }
    if (!spec.criterion().needsData()) {
      throw new UserError(
          "--on "
              + on
              + ": --criterion "
              + spec.criterion()
              + " looks at no data: expected no --on");
    }
    if (batch != null) {
      throw new UserError(
          "--on " + on + ": other machines do not have the file of --batch: expected no --on");
    }
  }

  /**
   * The sums of a scoring by machines.
   *
   * @return null for sums in this program
   * @throws UserError if this build has no machines
   */
  public @Nullable RemoteSums sums(ScoringStart start) throws IOException {
    String master = on;
    Integer parts = start.scoring().sensitivityParts();
    if (master == null || parts == null) {
      return null;
    }
    ScoringCluster cluster =
        ServiceLoader.load(ScoringCluster.class)
            .findFirst()
            .orElseThrow(() -> SweepOptions.notBuiltIn(master));
    return new RemoteSums(cluster.on(master), start, parts);
  }
}
