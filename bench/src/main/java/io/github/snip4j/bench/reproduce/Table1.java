package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Table 1: the two LeNets on MNIST, SNIP beside methods that prune trained networks. */
final class Table1 {
  /** The paper does not say; sparse momentum, of the same protocol, has 100 epochs. */
  static final int STEPS = 54_000;

  private static final int QUICK = 2_000;
  private static final double SETTLES = 0.3; // in less time a mixture of Gaussians destroys all
  private static final String MLP = "--model lenet-300-100 ";
  private static final String CAFFE = "--model lenet-5-caffe --lr 0.01 ";
  private static final String RELU = "--model lenet-5-caffe-relu ";

  private Table1() {}

  static Study study() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        row("300-dense", "LeNet-300-100, dense", MLP + "--sparsity 0", 1.7, "1.3 to 1.7 (five)"));
    rows.add(
        row(
            "300-snip-95",
            "LeNet-300-100, SNIP 95 %",
            MLP + "--sparsity 0.95",
            1.6,
            "2.16; 2.23 (two)"));
    rows.add(
        row("300-snip-98", "LeNet-300-100, SNIP 98 %", MLP + "--sparsity 0.98", 2.4, "3.27 (one)"));
    rows.add(row("5-dense", "LeNet-5-Caffe, dense", CAFFE + "--sparsity 0", 0.9, "0.94 (one)"));
    rows.add(
        row("5-snip-98", "LeNet-5-Caffe, SNIP 98 %", CAFFE + "--sparsity 0.98", 0.8, "0.94 (one)"));
    rows.add(
        row("5-snip-99", "LeNet-5-Caffe, SNIP 99 %", CAFFE + "--sparsity 0.99", 1.1, "1.31 (one)"));
    rows.add(
        Row.of(
            "5-relu-snip-98",
            "LeNet-5-Caffe with ReLU after its convolutions, SNIP 98 %",
            RELU + "--sparsity 0.98",
            STEPS,
            QUICK / 4,
            new Published(null, null, "0.92 (mean of three)")));
    rows.addAll(rivals());
    rows.addAll(today());
    return Study.of(
        "table-1",
        "Table 1: pruned LeNets on MNIST",
        List.of(
            "The paper compares SNIP, which prunes once and before any training, with methods that"
                + " prune a trained network in many rounds. It quotes the errors of those from"
                + " their own papers.",
            "The error is that on the test set after the last step: nothing is chosen by the test"
                + " set. Beside it stands what the authors' code prints, the least test error of"
                + " its last five checkpoints. The rows at the end are not in the paper: what one"
                + " would use today at the same number of connections, with masks that move while"
                + " they are trained, or are cut from a trained network in rounds."),
        rows);
  }

  private static Row row(String id, String label, String options, double paper, String reruns) {
    return Row.of(
        id,
        label,
        options,
        STEPS,
        id.startsWith("5") ? QUICK / 4 : QUICK,
        Published.of(paper, reruns));
  }

  /** The seven methods, on LeNet-300-100. */
  private static List<Row> rivals() {
    List<Row> rows = new ArrayList<>();
    rows.add(rival("lwc", "LWC, 8 % kept", "--sparsity 0.92", 1.6, "1.40; 1.58; 1.37 (three)"));
    rows.add(rival("dns", "DNS", "", 2.0, "1.99 (the authors' network, 1.87 % kept)"));
    rows.add(rival("lc", "LC, 5 % kept", "--sparsity 0.95", null, "2.18 (the authors' code)"));
    rows.add(rival("lc", "LC, 1 % kept", "--sparsity 0.99", 3.2, ""));
    rows.add(rival("sws", "SWS", "", 1.9, "1.76 with 6.8 % kept (one of 50 trials)"));
    rows.add(rival("vd", "SVD", "", 1.9, "1.6 with 3.0 % kept (the authors' code)"));
    rows.add(rival("obd", "OBD, 8 % kept", "--sparsity 0.92", 2.0, ""));
    rows.add(rival("l-obs", "L-OBS, 1.5 % kept", "--sparsity 0.985", 2.0, ""));
    rows.add(
        rival(
            "l-obs",
            "L-OBS, 7.8 % kept, nothing retrained",
            "--sparsity 0.922 --method-length 0",
            null,
            "3.36 with 20 % kept (the authors' network)"));
    return rows;
  }

  private static Row rival(
      String method, String label, String options, @Nullable Double paper, String reruns) {
    String more = options.isEmpty() ? "" : " " + options;
    return new Row(
        "300-" + method + more.replaceAll("[^0-9]*0[.]([0-9]+).*", "-$1"),
        "LeNet-300-100, " + label,
        Row.split(MLP + "--method " + method + more),
        budget -> rival(budget, method, more),
        new Published(paper, null, reruns));
  }

  /** A method's own settings, for a share of their epochs; after a training that is as long. */
  private static List<String> rival(Budget budget, String method, String options) {
    int steps = budget.of(16_200, 1_000);
    List<String> words = new ArrayList<>();
    if (!method.equals("vd")) {
      words.addAll(List.of("--pretrain", String.valueOf(steps)));
    }
    if (steps < 16_200 && !options.contains("--method-length")) {
      double length = Math.max(steps / 16_200.0, method.equals("sws") ? SETTLES : 0.01);
      words.addAll(List.of("--method-length", String.format(Locale.ROOT, "%.2f", length)));
    }
    return words;
  }

  /** What came after. */
  private static List<Row> today() {
    List<Row> rows = new ArrayList<>();
    for (String kept : List.of("0.95", "0.98", "0.99")) {
      String per = kept.substring(2);
      rows.add(
          Row.of(
              "300-set-" + per,
              "LeNet-300-100, SET from SNIP's mask, " + per + " %",
              MLP + "--sparsity " + kept + " --dynamic set",
              STEPS,
              QUICK,
              Published.NOTHING));
      rows.add(
          Row.of(
              "300-rigl-" + per,
              "LeNet-300-100, RigL from SNIP's mask, " + per + " %",
              MLP + "--sparsity " + kept + " --dynamic rigl",
              STEPS,
              QUICK,
              Published.NOTHING));
      rows.add(
          new Row(
              "300-rounds-" + per,
              "LeNet-300-100, by magnitude from a trained network, in eight rounds, " + per + " %",
              Row.split(MLP + "--sparsity " + kept + " --criterion magnitude --rounds 8"),
              Table1::rounds,
              Published.NOTHING));
    }
    return rows;
  }

  /** A trained network, and eight retrainings. */
  private static List<String> rounds(Budget budget) {
    int steps = budget.of(16_200, 900);
    return List.of(
        "--pretrain", String.valueOf(steps), "--retrain", String.valueOf(Math.max(1, steps / 3)));
  }
}
