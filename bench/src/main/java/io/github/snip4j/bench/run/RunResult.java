package io.github.snip4j.bench.run;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: {@code result.json}.
 *
 * @param m the number of connections that were scored
 * @param kappa how many of them were kept
 * @param zeroScores how many have score 0
 * @param tiesAtCut how many have exactly the score of the cut where only some could be kept
 * @param dense the same network trained without pruning, if that was asked for
 * @param pruningSeconds for scoring and selecting
 * @param totalSeconds from start to end, reading the data included
 */
public record RunResult(
    RunOptions options,
    Machine machine,
    int m,
    int kappa,
    int zeroScores,
    int tiesAtCut,
    List<LayerCount> layers,
    Trained pruned,
    @Nullable Trained dense,
    double pruningSeconds,
    double totalSeconds) {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.IDENTITY)
          .serializeSpecialFloatingPointValues()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  /** Writes it, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(
        file, out -> out.write((GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
