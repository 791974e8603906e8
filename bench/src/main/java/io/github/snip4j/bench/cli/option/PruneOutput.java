package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.EnumNames;
import io.github.snip4j.bench.options.WeightNames;
import io.github.snip4j.bench.run.PrunedWeights;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.nn.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The file of scores and masks, and what stands in it. */
public final class PruneOutput {
  /** The page beside it. */
  public static final String PAGE = "report.html";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "Where to write what --names says, as .npz or .safetensors; report.html goes beside it."
              + " Existing files are replaced.")
  public Path out = Path.of("");

  @Option(
      names = "--names",
      paramLabel = "KIND",
      description =
          "scores: score.<name>, mask.<name> and, of snip and its kin, sensitivity.<name> (signed)"
              + " for each parameter; mask: the weights as <name>, and <name>_mask; orig:"
              + " <name>_orig and <name>_mask, as torch.nn.utils.prune has them; csr:"
              + " <name>.crow_indices, .col_indices and .values of each weight, rows of [out, rest]"
              + " (default: scores; of .safetensors mask).")
  private @Nullable WeightNames names;

  /**
   * The folder that it goes to.
   *
   * @param weights a file that is read, and must not be replaced; null for none
   * @param batch another such file
   * @throws UserError if there is no such folder, or the file would replace what must stay, or
   *     cannot hold what is asked for
   */
  public Path checked(@Nullable Path weights, @Nullable Path batch) throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new UserError("--out " + out + ": expected a file in a folder that exists");
    }
    checkReplaces(folder.resolve(PAGE), "is where the page goes, which is written beside it");
    checkReplaces(weights, "is the file of --weights, which would be lost");
    checkReplaces(batch, "is the file of --batch, which would be lost");
    kind();
    if (RunFolder.isOfRun(folder)) {
      throw new UserError(
          "--out "
              + out
              + ": "
              + folder
              + " is the folder of a run, which has its own report.html");
    }
    return folder;
  }

  /** Says if the file to be written is one that must not be. */
  private void checkReplaces(@Nullable Path other, String why) throws IOException {
    if (other == null) {
      return;
    }
    boolean bothAreThere = Files.exists(out) && Files.exists(other);
    boolean same =
        bothAreThere
            ? Files.isSameFile(out, other)
            : written(out).equalsIgnoreCase(written(other)); // some file systems take them for one
    if (same) {
      throw new UserError("--out " + out + ": " + why + ": expected another name, as masks.npz");
    }
  }

  private static String written(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** Writes it. */
  public void write(Network network, Pruning result) throws IOException {
    WeightNames kind = kind();
    if (kind == WeightNames.SCORES) {
      result.write(out);
    } else {
      new PrunedWeights(network, result.masks().byName(), kind).write(out);
    }
  }

  private WeightNames kind() {
    boolean safetensors = PrunedWeights.isSafetensors(out);
    if (!safetensors && !out.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      throw new UserError("--out " + out + ": expected a name that ends with .npz or .safetensors");
    }
    WeightNames kind = names;
    if (kind == null) {
      return safetensors ? WeightNames.MASK : WeightNames.SCORES;
    }
    if (safetensors && (kind == WeightNames.SCORES || kind == WeightNames.CSR)) {
      throw new UserError(
          ("--names " + EnumNames.of(kind) + ": " + out + " cannot hold that: expected a name that")
              + " ends with .npz");
    }
    return kind;
  }
}
