package io.github.snip4j.bench.result;

import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.Storage;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: {@code result.json}. Errors are shares in [0, 1].
 *
 * @param schema the number of this form, see {@link #SCHEMA}
 * @param dataSha256 of the data, {@link Pictures#sha256}; null in files of schema 0, which did not
 *     say it
 * @param networkSha256 of the file {@code network.npz} that belongs to this result; null likewise
 * @param m the number of connections that were scored
 * @param kappa how many of them were kept
 * @param zeroScores how many have score 0
 * @param keptZeroScores how many of those were kept
 * @param tiesAtCut how many have exactly the score of the cut where only some could be kept
 * @param layers what is kept per layer, weights and biases together
 * @param parameters the same per parameter
 * @param soundness whether the mask is sound
 * @param scores how many connections have which score
 * @param kernels what the pruned network was computed with, by parameter
 * @param dense the same network trained without pruning; null if that was not asked for; where
 *     networks are pruned in rounds, the network of before
 * @param levels how sparse the network was on the way, the dense one first; none if it was pruned
 *     at initialisation
 * @param pruningSeconds for scoring and selecting
 * @param totalSeconds from start to end, reading the data included
 */
public record RunResult(
    int schema,
    RunOptions options,
    Machine machine,
    Method method,
    Sizes examples,
    @Nullable String dataSha256,
    @Nullable String networkSha256,
    int m,
    int kappa,
    int zeroScores,
    int keptZeroScores,
    int tiesAtCut,
    List<KeptCount> layers,
    List<KeptCount> parameters,
    MaskHealth soundness,
    Histogram scores,
    Map<String, Storage> kernels,
    TrainingResult pruned,
    @Nullable TrainingResult dense,
    List<PruningLevel> levels,
    double pruningSeconds,
    double totalSeconds) {
  /** The forms that the file has had. */
  public static final Schema SCHEMA =
      new Schema(
          "result.json",
          List.of(
              json -> {
                json.add("dataSha256", JsonNull.INSTANCE);
                json.add("networkSha256", JsonNull.INSTANCE);
              },
              MovingSchema::result,
              Schema::addOwnFiles,
              RetrainSchema::result,
              DrawSchema::result,
              PartsSchema::file,
              SumSchema::file));

  /**
   * What the options do not say.
   *
   * @param rateDropsAt the steps from which on the learning rate is a tenth of what it was
   */
  public record Method(
      String criterion,
      String selection,
      String initializer,
      String normalization,
      String updateRule,
      List<Long> rateDropsAt) {}

  /** How many examples each part of the data has. */
  public record Sizes(int training, int validation, int test) {}

  /**
   * Reads what {@link #write} wrote, or an earlier version did.
   *
   * @throws BadFileException if the file holds anything else
   * @throws IOException if it cannot be read
   */
  public static RunResult read(Path file) throws IOException {
    try {
      return Json.read(Files.readString(file), RunResult.class, SCHEMA);
    } catch (JsonParseException | CharacterCodingException e) {
      throw new BadFileException(
          file.toString(), "is no result of a run that can be read: " + e.getMessage());
    }
  }

  /** Writes it, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, out -> out.write(Json.write(this).getBytes(StandardCharsets.UTF_8)));
  }
}
