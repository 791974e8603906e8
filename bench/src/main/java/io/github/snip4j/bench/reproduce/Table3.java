package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;

/** Table 3: how the weights are drawn that connections are scored on. */
final class Table3 {
  private static final int QUICK = 1_500;
  private static final List<String> NAMES = List.of("RN", "TN", "VS-X", "VS-H");
  private static final List<String> WORDS = List.of("normal", "truncated-normal", "glorot", "he");

  private Table3() {}

  static Study study() {
    List<Row> rows = new ArrayList<>();
    add(rows, "lenet-300-100", 1.90, 1.96, 1.91, 1.88);
    add(rows, "lenet-5-caffe", 0.89, 0.87, 0.88, 0.85);
    add(rows, "lstm-s", 2.93, 3.03, 1.48, 1.47);
    add(rows, "gru-s", 47.61, 46.48, 1.80, 1.80);
    return Study.of(
        "table-3",
        "Table 3: the initialiser of the scored weights",
        List.of(
            "90 % are pruned by scores on weights of four kinds of draws: normal (RN), truncated"
                + " normal (TN), and variance scaling by Glorot (VS-X) and He (VS-H). Training"
                + " always starts from a draw of VS-X, with Adam at 0.001 and without weight"
                + " decay.",
            "The paper gives no deviation for RN and TN; here it is 1, the default of the"
                + " authors' TensorFlow. Its numbers are means of 20 runs, with standard deviations"
                + " of about 0.1 (0.2 for LSTM-s, 20 for GRU-s with RN and TN)."),
        rows);
  }

  private static void add(List<Row> rows, String model, double... paper) {
    for (int i = 0; i < WORDS.size(); i++) {
      rows.add(
          Row.of(
              model + "-" + WORDS.get(i),
              model + ", " + NAMES.get(i),
              "--model "
                  + model
                  + " --sparsity 0.9 --optimizer adam --weight-decay 0"
                  + " --init glorot --scoring-init "
                  + WORDS.get(i),
              Table1.STEPS,
              QUICK,
              Published.of(paper[i], "")));
    }
  }
}
