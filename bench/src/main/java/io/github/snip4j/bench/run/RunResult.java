package io.github.snip4j.bench.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a run: {@code result.json}.
 *
 * @param method what is fixed, in words: the criterion and how it selects
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
    Method method,
    int m,
    int kappa,
    int zeroScores,
    int tiesAtCut,
    List<LayerCount> layers,
    Trained pruned,
    @Nullable Trained dense,
    double pruningSeconds,
    double totalSeconds) {
  /** What the options do not say. */
  public record Method(String criterion, String selection, String initializer) {
    static final Method SNIP =
        new Method(
            "connection sensitivity (SNIP), one batch, evaluation mode",
            "exactly kappa over all layers, ties to the lower index",
            "variance scaling 1 / fan in, truncated normal; biases 0");
  }

  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonSerializer<Enum<?>>)
                  (value, type, context) ->
                      new JsonPrimitive(value.name().toLowerCase(Locale.ROOT)))
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
