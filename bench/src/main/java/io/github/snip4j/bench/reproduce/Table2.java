package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;

/** Table 2: twelve networks, dense and pruned. */
final class Table2 {
  private static final int CIFAR_QUICK = 200;
  private static final int ROWS_QUICK = 1_000;

  private Table2() {}

  static Study study() {
    List<Row> rows = new ArrayList<>();
    rows.add(cifar("alexnet-s", 90, 14.12, 14.99, "14.42 → 16.66; → 22.08"));
    rows.add(cifar("alexnet-b", 90, 13.92, 14.50, "14.52 → 16.68"));
    rows.add(cifar("vgg-c", 95, 6.82, 7.27, "7.56 → 9.64"));
    rows.add(cifar("vgg-d", 95, 6.76, 7.09, "7.18 → 9.24; → 10.65; → 7.15 to 7.66"));
    rows.add(cifar("vgg-like", 97, 8.26, 8.00, "7.35 → 9.73"));
    rows.add(cifar("wrn-16-8", 95, 6.21, 6.63, "→ 14.70"));
    rows.add(cifar("wrn-16-10", 95, 5.91, 6.43, ""));
    rows.add(cifar("wrn-22-8", 95, 6.14, 5.85, ""));
    rows.add(recurrent("lstm-s", 1.88, 1.57, "→ 1.08, of two layers"));
    rows.add(recurrent("lstm-b", 1.15, 1.35, "→ 1.17"));
    rows.add(recurrent("gru-s", 1.87, 2.41, "→ 1.76"));
    rows.add(recurrent("gru-b", 1.71, 1.52, "→ 1.35"));
    return Study.of(
        "table-2",
        "Table 2: twelve networks, dense and pruned",
        List.of(
            "Convolutional and residual networks on CIFAR-10, recurrent ones on MNIST read row by"
                + " row. Each is trained dense and pruned, with the same schedule.",
            "The paper does not say how long it trains; the command that its authors give for"
                + " VGG-D has 150,000 steps. Of the recurrent networks it says no more than of all:"
                + " here they are trained as the paper's other networks on MNIST, with gradients"
                + " by Adam as in its table 3."),
        rows);
  }

  private static Row cifar(String model, int pruned, double dense, double sparse, String reruns) {
    return Row.of(
        model,
        model + ", " + pruned + " %",
        "--model "
            + model
            + " --sparsity 0."
            + pruned
            + " --data cifar-10 --batch 128"
            + " --sensitivity-batch 128 --augment paper --with-dense",
        Row.CIFAR_STEPS,
        CIFAR_QUICK,
        Published.of(dense, sparse, reruns));
  }

  private static Row recurrent(String model, double dense, double sparse, String reruns) {
    return Row.of(
        model,
        model + ", 95 %",
        "--model " + model + " --sparsity 0.95 --optimizer adam --weight-decay 0 --with-dense",
        Table1.STEPS,
        ROWS_QUICK,
        Published.of(dense, sparse, reruns));
  }
}
