package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.reproduce.Row.Published;
import java.util.ArrayList;
import java.util.List;

/** What the paper's appendix has, and the checks that others asked for. */
final class Appendix {
  private static final int QUICK = 2_000;
  private static final String MLP = "--model lenet-300-100 --sparsity 0.";

  private Appendix() {}

  static Study inverted() {
    List<Row> rows = new ArrayList<>();
    for (int pruned : List.of(90, 95, 98)) {
      rows.add(
          Row.of(
              "mnist-" + pruned,
              "MNIST inverted, LeNet-300-100, " + pruned + " %",
              MLP + pruned + " --invert",
              Table1.STEPS,
              QUICK,
              Published.NOTHING));
    }
    return new Study(
        "inverted",
        "Appendix: inverted pixels",
        List.of(
            "The background is white and the digit black. If what is kept were only where numbers"
                + " are large, the masks would now show the background. The inputs are brought to"
                + " mean 0 and deviation 1, which makes both pictures the same but for the sign:"
                + " the masks follow the digits as before."),
        rows,
        null,
        new Study.MaskGrid(List.of("mnist", "fashion-mnist"), true, Study.MaskGrid.Kind.CLASSES));
  }

  static Study sanity() {
    List<Row> rows = new ArrayList<>();
    for (int pruned : List.of(95, 98, 99)) {
      check(rows, pruned, "mask", "the mask", "");
      check(rows, pruned, "redraw", "the mask, another draw of the weights", " --redraw");
      check(rows, pruned, "shuffle", "shuffled within each layer", " --sanity shuffle");
      check(rows, pruned, "invert", "the worst connections", " --sanity invert");
    }
    return Study.of(
        "sanity",
        "Checks: is the mask better than luck?",
        List.of(
            "Frankle et al. (2021) ask what is left when the mask is shuffled within each layer,"
                + " when other weights are drawn after scoring, and when the connections with the"
                + " smallest scores are kept. In their experiments only how many connections each"
                + " layer keeps mattered."),
        rows);
  }

  private static void check(List<Row> rows, int pruned, String id, String label, String words) {
    rows.add(
        Row.of(
            id + "-" + pruned,
            pruned + " %, " + label,
            MLP + pruned + words + " --allow-collapse",
            Table1.STEPS,
            QUICK,
            Published.NOTHING));
  }

  static Study tinyImageNet() {
    List<Row> rows = new ArrayList<>();
    for (String model : List.of("alexnet-s", "alexnet-b", "vgg-c", "vgg-d", "vgg-like")) {
      int pruned = model.startsWith("alexnet") ? 90 : 95;
      rows.add(
          Row.of(
              model,
              model + ", " + pruned + " %",
              "--model "
                  + model
                  + " --sparsity 0."
                  + pruned
                  + " --data tiny-imagenet --batch 128"
                  + " --sensitivity-batch 128 --augment paper --with-dense",
              Row.CIFAR_STEPS,
              200,
              Published.NOTHING));
    }
    return new Study(
        "tiny-imagenet",
        "Appendix: Tiny-ImageNet",
        List.of(
            "200 classes of 500 pictures of 64 x 64 pixels. The data must be given: 'snip4j"
                + " datasets fetch tiny-imagenet' gets them. The first convolution has twice the"
                + " stride, as in the authors' code. No source of the paper's own numbers could be"
                + " checked, so none stands here."),
        rows,
        null,
        null);
  }
}
