package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.LevelsChoice;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.PruningLevels;
import io.github.snip4j.bench.result.PruningLevel;
import io.github.snip4j.bench.result.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a report says of a network that was pruned in rounds, or while it was trained. */
final class LevelsStory {
  private static final int MOST_ROWS = 20; // more than anybody reads

  private final RunOptions options;
  private final RetrainSpec spec;
  private final List<PruningLevel> levels;

  LevelsStory(RunOptions options, List<PruningLevel> levels) {
    this.options = options;
    this.spec = options.retraining();
    this.levels = levels;
  }

  /** What the whole report is about. */
  String title() {
    if (spec.hasRival()) {
      return "A network pruned by " + spec.rival().words();
    }
    return spec.inRounds()
        ? "A network pruned after training"
        : "A network pruned while it was trained";
  }

  /** When the connections were chosen: "chosen ... by". */
  String when() {
    return spec.inRounds() ? "after it was trained" : "while it was trained";
  }

  /** How what was left was trained, in the first half of a sentence. */
  String training() {
    int rounds = options.scoring().rounds();
    if (spec.hasRival()) {
      long steps = levels.get(levels.size() - 1).steps();
      return "The method trained it for " + Format.count(steps) + " steps";
    }
    if (!spec.inRounds()) {
      return "It was trained for " + Format.count(options.iterations()) + " steps";
    }
    return (rounds == 1 ? "Then" : "After each of the " + rounds + " rounds")
        + (" what was left was trained for " + Format.count(spec.retrain()) + " steps");
  }

  /** The seconds of all steps. */
  double seconds() {
    return levels.stream().mapToDouble(PruningLevel::seconds).sum();
  }

  /** The section. */
  PruningLevels section() {
    boolean tested = spec.inRounds();
    List<String> head = new ArrayList<>(List.of("level", "sparsity", "kept"));
    head.addAll(tested ? List.of("error after the cut", "error after training") : List.of());
    head.addAll(List.of("steps", "ms per step", "sparse weights"));
    List<List<String>> rows = new ArrayList<>();
    int every = (levels.size() - 2) / MOST_ROWS + 1;
    for (int i = 0; i < levels.size(); i++) {
      if (i == 0 || (levels.size() - 1 - i) % every == 0) {
        rows.add(row(i, levels.get(i), tested));
      }
    }
    return new PruningLevels(text(every), head, rows);
  }

  private static List<String> row(int number, PruningLevel level, boolean tested) {
    List<String> row = new ArrayList<>();
    row.add(number == 0 ? "at first" : (tested ? "round " : "pruning ") + number);
    row.add(Format.percent(level.sparsity()));
    row.add(Format.count(level.kept()));
    if (tested) {
      row.add(error(level.cut()));
      row.add(error(level.trained()));
    }
    row.add(Format.count(level.steps()));
    row.add(level.steps() == 0 ? "" : String.format(Locale.ROOT, "%.2f", level.stepMillis()));
    row.add(Format.count(level.sparse()));
    return row;
  }

  private static String error(TrainingResult.@Nullable Score score) {
    return score == null ? "" : Format.percent(score.error());
  }

  private String text(int every) {
    if (spec.hasRival()) {
      return ("The method has rounds of its own, of which nothing is known here; " + "its steps")
          + " are timed together with all else that it computes.";
    }
    String how =
        switch (spec.levels()) {
          case LevelsChoice.GEOMETRIC -> "Each time the same share of what was left went.";
          case LevelsChoice.CUBIC -> "Much went at first, little at the end.";
          default -> "How much went each time was given.";
        };
    String rewound =
        switch (spec.rewind()) {
          case NONE -> "";
          case WEIGHTS ->
              " Before each retraining the weights that were left were set back to what they were"
                  + (" after step "
                      + Format.count(spec.rewindTo())
                      + " of the first training, and the")
                  + " learning rate too.";
          case RATE ->
              " Before each retraining the learning rate was set back to what it was after step "
                  + (Format.count(spec.rewindTo()) + " of the first training.");
        };
    String kernels =
        " Which weights are stored as sparse matrices, and computed with as such, was decided anew"
            + " each time: steps become faster as the network becomes sparser.";
    String left = every == 1 ? "" : " One of " + every + " prunings is shown.";
    return how + rewound + kernels + left;
  }
}
