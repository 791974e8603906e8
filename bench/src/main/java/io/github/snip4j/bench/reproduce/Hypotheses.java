package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;

/** Where table 1's errors of SNIP may come from, which nobody who ran it again has reached. */
final class Hypotheses {
  private static final String MLP = "--model lenet-300-100 --sparsity ";
  private static final String USUAL = "16200 --schedule piecewise";
  private static final String PAPERS = "60000 --schedule step";
  private static final String AUTHORS =
      "10000 --schedule constant --optimizer sgd --scoring-biases drawn";
  private static final int QUICK = 2_000;

  private Hypotheses() {}

  static Study study() {
    List<Row> rows = new ArrayList<>();
    add(rows, "usual", "30 epochs, the rate falls at 70 and 90 %", USUAL);
    add(rows, "schedule", "the paper's schedule for 60,000 steps", PAPERS);
    add(rows, "redraw", "training from a second draw, as the authors' code", USUAL + " --redraw");
    add(
        rows,
        "biases",
        "drawn biases when scored, as that code did before 2019-06-26",
        USUAL + " --scoring-biases drawn");
    add(rows, "no-decay", "no weight decay", USUAL + " --weight-decay 0");
    add(rows, "more-decay", "twice the weight decay", USUAL + " --weight-decay 0.001");
    add(rows, "defaults", "all defaults of the authors' command line", AUTHORS);
    rows.add(
        row(
            "defaults-dense",
            "all defaults of the authors' command line, dense",
            "0",
            AUTHORS,
            1.7));
    return Study.of(
        "hypotheses",
        "Where do 1.6 and 2.4 come from?",
        List.of(
            "Table 1 gives SNIP's errors on LeNet-300-100 as 1.6 % with 95 % pruned and 2.4 % with"
                + " 98 %. Everybody who ran it again, snip4j too, gets higher ones. Each row"
                + " changes one thing that may be the reason.",
            "What the authors' code prints is the least test error of the last five checkpoints;"
                + " it has a column of its own. If a table shows the best of 20 runs and not their"
                + " mean, it lies 1.87 standard deviations lower: take that off the mean to see"
                + " how far it would go.",
            "Within the paper 90 % pruned has 1.64 to 1.96 (figures 1 and 3, table 3), so that a"
                + " mean of 1.6 at 95 % cannot be of the same runs; a selected one can. The"
                + " dense reference of 1.7 is what the authors' default command gives, without"
                + " momentum and with a constant rate; the same command gives higher errors"
                + " pruned. A cause for all of the distance at 98 % has not been found."),
        rows);
  }

  private static void add(List<Row> rows, String id, String label, String words) {
    rows.add(row(id + "-95", "95 %, " + label, "0.95", words, 1.6));
    rows.add(row(id + "-98", "98 %, " + label, "0.98", words, 2.4));
  }

  private static Row row(String id, String label, String sparsity, String words, double paper) {
    List<String> all = Row.split("--iterations " + words);
    int steps = Integer.parseInt(all.get(1));
    List<String> rest = new ArrayList<>(Row.split(MLP + sparsity));
    rest.addAll(all.subList(2, all.size()));
    return new Row(
        id,
        label,
        rest,
        budget -> List.of("--iterations", String.valueOf(budget.of(steps, Math.min(steps, QUICK)))),
        Published.of(paper, ""));
  }
}
