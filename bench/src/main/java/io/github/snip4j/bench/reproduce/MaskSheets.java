package io.github.snip4j.bench.reproduce;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.report.KeptPixels;
import io.github.snip4j.bench.report.Picture;
import io.github.snip4j.bench.report.PictureSheet;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Draws which pixels keep their connections to the first layer of LeNet-300-100. */
final class MaskSheets {
  private static final String FIRST = "fc1.weight";
  private static final int SCALE = 2;
  private static final int EXAMPLES = 100;
  private static final double USUAL = 0.9;
  private static final int MOST_EXAMPLES = 10_000;
  private static final long SEED = 1;

  private final RunSeeds draws = new RunSeeds(SEED);
  private final Splits splits;
  private final Network network;

  /** The examples of a dataset, which are 28 x 28 pixels. */
  MaskSheets(Pictures pictures, DataSpec spec) {
    Model model = Objects.requireNonNull(Models.named("lenet-300-100"));
    this.splits = draws.splits(pictures, spec);
    this.network = draws.network(model);
  }

  /** The published examples of a dataset, whole. */
  static DataSpec spec(String dataset, String folder, boolean inverted) {
    return new DataSpec(
        dataset,
        folder.isEmpty() ? null : folder,
        null,
        DataSpec.Labels.TRUE,
        inverted,
        AugmentationKind.NONE,
        "random",
        null,
        null,
        List.of());
  }

  /** A sheet of a kind. */
  Picture sheet(Study.MaskGrid.Kind kind) {
    return kind == Study.MaskGrid.Kind.CLASSES ? classes() : batches();
  }

  /** What the rows and columns of a sheet are, in a sentence. */
  static String words(Study.MaskGrid.Kind kind) {
    return kind == Study.MaskGrid.Kind.CLASSES
        ? "A column for each class, 0 to 9; rows: 10 % pruned at the top, 90 % at the bottom. The"
            + " brighter a pixel, the more connections it keeps."
        : "Scored on 1, 10, 100, 1,000 and 10,000 examples, from left to right; 90 % pruned.";
  }

  private Picture classes() {
    int classes = splits.train().data().classes();
    List<List<Picture>> rows = new ArrayList<>();
    for (int tenth = 1; tenth < 10; tenth++) {
      rows.add(new ArrayList<>());
    }
    for (int k = 0; k < classes; k++) {
      Scores scores = ConnectionSensitivity.score(network, draws.ofClass(splits, EXAMPLES, k));
      for (int tenth = 1; tenth < 10; tenth++) {
        rows.get(tenth - 1).add(kept(scores, tenth / 10.0));
      }
    }
    return PictureSheet.of(rows, SCALE);
  }

  private Picture batches() {
    List<Picture> row = new ArrayList<>();
    DataSpec plain = spec("mnist", "", false);
    for (int size = 1; size <= MOST_EXAMPLES; size *= 10) {
      Batch batch = draws.sensitivityBatch(splits, size, plain);
      row.add(kept(ConnectionSensitivity.score(network, batch), USUAL));
    }
    return PictureSheet.of(List.of(row), 2 * SCALE);
  }

  private Picture kept(Scores scores, double sparsity) {
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), sparsity));
    KeptPixels pixels = KeptPixels.of(masks.of(FIRST), network.input());
    return pixels.picture(pixels.most());
  }
}
