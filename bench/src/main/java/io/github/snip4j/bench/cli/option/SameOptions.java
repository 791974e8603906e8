package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.RunOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Sees that a command line does not contradict the run that it resumes. */
public final class SameOptions {
  /** What may be otherwise: it decides where and how a run is computed, not what comes out. */
  public static final Set<String> FREE =
      Set.of(
          "--resume",
          "--checkpoint-every",
          "--threads",
          "--gemm",
          "--data-dir",
          "--debug",
          "--help",
          "--version");

  /** Where the others are in the options of a run. */
  public static final Map<String, Function<RunOptions, @Nullable Object>> FIXED = fixed();

  private SameOptions() {}

  /**
   * Compares what was given, and not what was left to its default.
   *
   * @param asked the options as parsed
   * @param run those of the run
   * @throws UserError if one differs
   */
  public static void check(ParseResult given, RunOptions asked, RunOptions run, Path folder) {
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName();
      if (FREE.contains(name)) {
        continue;
      }
      Function<RunOptions, @Nullable Object> field = FIXED.get(name);
      if (field == null) {
        throw new UserError(name + " does not go with --resume: the run stays in " + folder);
      }
      if (!Objects.equals(field.apply(asked), field.apply(run))) {
        throw new UserError(
            (name + " " + word(field.apply(asked)) + ": the run in " + folder + " has ")
                + (word(field.apply(run)) + ", and a resumed run keeps its options"));
      }
    }
  }

  private static String word(@Nullable Object value) {
    return value == null ? "none" : String.valueOf(value).toLowerCase(Locale.ROOT);
  }

  private static Map<String, Function<RunOptions, @Nullable Object>> fixed() {
    Map<String, Function<RunOptions, @Nullable Object>> fields = new LinkedHashMap<>();
    fields.put("--model", RunOptions::model);
    fields.put("--classes", RunOptions::classes);
    fields.put("--sparsity", RunOptions::sparsity);
    fields.put("--sensitivity-batch", RunOptions::sensitivityBatch);
    fields.put("--biases", RunOptions::biases);
    fields.put("--criterion", options -> options.scoring().criterion());
    fields.put("--rounds", options -> options.scoring().rounds());
    fields.put("--sensitivity-batches", options -> options.scoring().batches());
    fields.put("--moving-average", options -> options.scoring().movingAverage());
    fields.put("--scoring-batch-norm", options -> options.scoring().batchNorm());
    fields.put("--allocation", options -> options.scoring().allocation());
    fields.put("--selection", options -> options.scoring().selection());
    fields.put("--exclude", options -> options.scoring().exclude());
    fields.put("--sanity", options -> options.scoring().sanity());
    fields.put("--allow-collapse", options -> options.scoring().allowCollapse());
    fields.put("--seed", RunOptions::seed);
    fields.put("--data", options -> options.data().name());
    fields.put("--limit", options -> options.data().limit());
    fields.put("--invert", options -> options.data().invert());
    fields.put("--sensitivity-from", options -> options.data().sensitivityFrom());
    fields.put("--augment", options -> options.data().augment());
    fields.put("--labels", options -> options.data().labels());
    fields.put("--iterations", RunOptions::iterations);
    fields.put("--batch", RunOptions::batch);
    fields.put("--lr", RunOptions::lr);
    fields.put("--schedule", RunOptions::schedule);
    fields.put("--warm-up", RunOptions::warmUp);
    fields.put("--optimizer", RunOptions::optimizer);
    fields.put("--weight-decay", RunOptions::weightDecay);
    fields.put("--redraw", RunOptions::redraw);
    fields.put("--sparse", RunOptions::kernels);
    fields.put("--kernel-choice", RunOptions::kernels);
    fields.put("--with-dense", RunOptions::withDense);
    return fields;
  }
}
