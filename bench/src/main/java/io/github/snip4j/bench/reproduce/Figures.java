package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;

/** The four figures. */
final class Figures {
  private static final int QUICK = 1_000;
  private static final List<String> PICTURES = List.of("mnist", "fashion-mnist");
  private static final double[] LENET_300 = {
    1.68, 1.70, 1.70, 1.68, 1.67, 1.69, 1.66, 1.65, 1.72, 1.76
  };
  private static final double[] LENET_5 = {
    0.86, 0.87, 0.885, 0.88, 0.855, 0.885, 0.86, 0.865, 0.865, 0.89
  };

  private Figures() {}

  static Study one() {
    List<Row> rows = new ArrayList<>();
    add(rows, "lenet-300-100", "", LENET_300);
    add(rows, "lenet-5-caffe", " --lr 0.01", LENET_5);
    return new Study(
        "figure-1",
        "Figure 1: the error as more is pruned",
        List.of(
            "Both LeNets keep their error until 90 % are pruned. The paper's curves are means of 20"
                + " runs; its values here are read off the plot."),
        rows,
        Study.ChartKind.ERROR_OVER_SPARSITY,
        null);
  }

  private static void add(List<Row> rows, String model, String more, double... paper) {
    for (int tenth = 0; tenth < paper.length; tenth++) {
      rows.add(
          Row.of(
              model + "-" + 10 * tenth,
              model + ", " + 10 * tenth + " %",
              "--model " + model + more + " --sparsity 0." + tenth,
              Table1.STEPS,
              QUICK,
              Published.of(paper[tenth], "")));
    }
  }

  static Study two() {
    return new Study(
        "figure-2",
        "Figure 2: what a network looks at when it is pruned on one class",
        List.of(
            "LeNet-300-100 is pruned on a batch of 100 examples of one class. How many connections"
                + " each pixel keeps draws that class: of digits the stroke, of clothes the"
                + " silhouette. Nothing is trained."),
        List.of(),
        null,
        new Study.MaskGrid(PICTURES, false, Study.MaskGrid.Kind.CLASSES));
  }

  static Study three() {
    List<Row> rows = new ArrayList<>();
    double[] paper = {1.94, 1.72, 1.64, 1.56, 1.40};
    int size = 1;
    for (double error : paper) {
      rows.add(
          Row.of(
              "batch-" + size,
              size == 1 ? "scored on one example" : "scored on " + Format.count(size) + " examples",
              "--model lenet-300-100 --sparsity 0.9 --sensitivity-batch " + size,
              Table1.STEPS,
              2 * QUICK,
              Published.of(error, reruns(size))));
      size *= 10;
    }
    return new Study(
        "figure-3",
        "Figure 3: how many examples connections are scored on",
        List.of(
            "LeNet-300-100 with 90 % pruned, scored on batches of 1 to 10,000 examples. In the"
                + " paper more examples give a lower error."),
        rows,
        Study.ChartKind.ERROR_OVER_BATCH,
        new Study.MaskGrid(List.of("mnist"), false, Study.MaskGrid.Kind.BATCHES));
  }

  /** One independent run of the authors' code, on another schedule. */
  private static String reruns(int size) {
    return switch (size) {
      case 1 -> "2.73";
      case 10 -> "2.39";
      case 100 -> "2.23";
      case 1_000 -> "2.30";
      default -> "2.24";
    };
  }

  static Study four() {
    String network = "--model lenet-5-caffe --lr 0.01 --sparsity 0.99 --with-dense";
    List<Row> rows = new ArrayList<>();
    rows.add(memorising("true-labels", "true labels", network + " --weight-decay 0"));
    rows.add(memorising("random", "random labels", network + " --labels random --weight-decay 0"));
    rows.add(memorising("random-decay", "random labels, decay", network + " --labels random"));
    return new Study(
        "figure-4",
        "Figure 4: random labels",
        List.of(
            "LeNet-5-Caffe can learn random labels by heart; pruned to 1 % by scores on true"
                + " labels, it cannot, and its training loss stays at ln 10 = 2.30, while it"
                + " learns true ones as before. Weight decay (0.0005) slows memorising down."),
        rows,
        Study.ChartKind.LOSS_OVER_STEPS,
        null);
  }

  private static Row memorising(String id, String label, String words) {
    return Row.of(id, label, words, 30_000, 2 * QUICK, Published.NOTHING);
  }
}
