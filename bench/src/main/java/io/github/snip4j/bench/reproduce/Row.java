package io.github.snip4j.bench.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, or a point of a figure: one kind of run, made with several seeds.
 *
 * @param id names its runs' folders, and the row in {@code --rows}
 * @param label for people
 * @param words the options of {@code snip4j run}, but for seed and length
 * @param length the options that say how long is trained
 * @param published what is known of it
 */
public record Row(
    String id,
    String label,
    List<String> words,
    Function<Budget, List<String>> length,
    Published published) {
  /** Steps of the command that the authors give for CIFAR-10. */
  static final int CIFAR_STEPS = 150_000;

  /**
   * Errors that were published, in per cent.
   *
   * @param paper what the paper says; null where it says nothing
   * @param paperDense what it says of the whole network; null likewise
   * @param reruns what others got who ran it; empty if nobody is known
   */
  public record Published(@Nullable Double paper, @Nullable Double paperDense, String reruns) {
    /** Nothing is known. */
    public static final Published NOTHING = new Published(null, null, "");

    /** An error of the paper. */
    public static Published of(double paper, String reruns) {
      return new Published(paper, null, reruns);
    }

    /** Two errors of the paper, of the whole network and of the pruned one. */
    public static Published of(double dense, double paper, String reruns) {
      return new Published(paper, dense, reruns);
    }
  }

  /**
   * A row of runs that prune at initialisation.
   *
   * @param options separated by spaces
   * @param steps of the paper's schedule
   * @param quick steps where there is little time
   */
  static Row of(
      String id, String label, String options, int steps, int quick, Published published) {
    return new Row(
        id, label, split(options), budget -> steps(budget.of(steps, quick), steps), published);
  }

  /** The paper's rate falls every 25,000 or 30,000 steps, so that shorter trainings scale it. */
  private static List<String> steps(int steps, int paper) {
    return List.of("--iterations", String.valueOf(steps), "--schedule", schedule(steps, paper));
  }

  private static String schedule(int steps, int paper) {
    return steps < paper ? "piecewise" : paper == CIFAR_STEPS ? "step-30k" : "step";
  }

  static List<String> split(String options) {
    return List.of(options.strip().split("\\s+"));
  }

  /** The dataset that is trained on. */
  public String data() {
    int option = words.indexOf("--data");
    return option < 0 ? "mnist" : words.get(option + 1);
  }

  /** The value that an option has in every run of the row. */
  String option(String name) {
    return words.get(words.indexOf(name) + 1);
  }

  /** The options of the run with a seed, as they are typed. */
  String command(Budget budget, long seed) {
    return String.join(" ", run(budget, seed));
  }

  /** All options of the run with a seed. */
  public List<String> run(Budget budget, long seed) {
    List<String> all = new ArrayList<>(words);
    all.addAll(length.apply(budget.on(data())));
    all.addAll(List.of("--seed", String.valueOf(seed)));
    return all;
  }
}
