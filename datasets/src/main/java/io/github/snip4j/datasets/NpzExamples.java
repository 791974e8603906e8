package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Examples in a {@code .npz} file: arrays {@code x} and {@code y}, or Keras's {@code x_train},
 * {@code y_train}, {@code x_test}, {@code y_test} and perhaps {@code x_val}, {@code y_val}. An x is
 * {@code [N, F]}, {@code [N, H, W]}, {@code [N, C, H, W]} or {@code [N, H, W, C]} with C of 1 or 3;
 * a y is {@code [N]} or {@code [N, 1]}. Pictures of unsigned bytes have pixels, others are numbers.
 */
final class NpzExamples {
  private static final List<String> X = List.of("x", "X", "images", "data");
  private static final List<String> Y = List.of("y", "Y", "labels", "label");

  private final Path file;
  private final Npz npz;

  private NpzExamples(Path file) throws IOException {
    this.file = file;
    this.npz = Npz.read(file);
  }

  /** Reads a file. */
  static Pictures read(Path file) throws IOException {
    NpzExamples in = new NpzExamples(file);
    return in.has("x_train") ? in.parts() : in.whole();
  }

  private boolean has(String name) {
    return npz.names().contains(name);
  }

  private Pictures whole() throws IOException {
    String x = X.stream().filter(this::has).findFirst().orElse(null);
    String y = Y.stream().filter(this::has).findFirst().orElse(null);
    if (x == null || y == null) {
      throw new BadFileException(
          file.toString(),
          ("expected arrays x and y, or x_train, y_train, x_test and y_test: there is ")
              + (npz.names().isEmpty() ? "none at all" : Printable.list(npz.names())));
    }
    int[] labels = labels(y);
    LabelNumbers classes = LabelNumbers.of(List.of(labels));
    return Pictures.divided(dataset(x, labels, classes), ExampleFiles.TEST_SEED);
  }

  private Pictures parts() throws IOException {
    if (has("x_val") && has("x_valid")) {
      throw bad("x_valid", "is the same part as x_val: expected one of them");
    }
    List<String> sets = new ArrayList<>(List.of("train"));
    for (String set : List.of("val", "valid", "test")) {
      if (has("x_" + set)) {
        sets.add(set);
      }
    }
    List<int[]> labels = new ArrayList<>();
    for (String set : sets) {
      labels.add(labels("y_" + set));
    }
    LabelNumbers classes = LabelNumbers.of(labels);
    List<Dataset> datasets = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      datasets.add(dataset("x_" + sets.get(i), labels.get(i), classes));
    }
    try {
      return switch (datasets.size()) {
        case 1 -> Pictures.divided(datasets.get(0), ExampleFiles.TEST_SEED);
        case 2 -> new Pictures(datasets.get(0), datasets.get(1));
        default -> new Pictures(datasets.get(0), datasets.get(1), datasets.get(2));
      };
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private int[] labels(String name) throws IOException {
    Shape shape = npz.shape(name);
    boolean column = shape.rank() == 2 && shape.dim(1) == 1;
    if (shape.rank() != 1 && !column) {
      throw bad(
          name,
          ("is " + shape + ": expected [N], a whole number for each example")
              + (shape.rank() == 2 ? "; in Python: numpy.argmax(" + name + ", 1)" : ""));
    }
    if (npz.isReal(name)) {
      throw bad(
          name, "holds real numbers: expected whole ones; in Python: " + name + ".astype('int32')");
    }
    return npz.ints(name);
  }

  private Dataset dataset(String name, int[] labels, LabelNumbers classes) throws IOException {
    Shape shape = npz.shape(name);
    if (shape.rank() < 2 || shape.rank() > 4 || shape.dim(0) != labels.length) {
      throw bad(
          name,
          ("is " + shape + " with " + labels.length + " labels: expected [N, F], [N, H, W],")
              + " [N, C, H, W] or [N, H, W, C], N as many as labels");
    }
    if (labels.length == 0 || shape.size() == 0) {
      throw bad(name, "is " + shape + ": expected examples");
    }
    PictureAxes axes = axes(name, shape);
    int[] numbers = classes.of(labels);
    if (shape.rank() > 2 && npz.isBytes(name)) {
      return new Dataset(axes.example(), classes.names(), axes.planes(npz.bytes(name)), numbers);
    }
    float[] all = npz.isReal(name) ? npz.finiteFloats(name).toArray() : wholes(name);
    return Dataset.ofNumbers(axes.example(), classes.names(), axes.planes(all), numbers);
  }

  private float[] wholes(String name) throws IOException {
    int[] wholes = npz.ints(name);
    float[] all = new float[wholes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = wholes[i];
    }
    return all;
  }

  private PictureAxes axes(String name, Shape shape) throws BadFileException {
    PictureAxes axes = PictureAxes.of(shape.toArray());
    if (axes == null) {
      throw bad(
          name,
          ("is " + shape + ", of which nobody knows the channels: expected ")
              + PictureAxes.EXPECTED);
    }
    return axes;
  }

  private BadFileException bad(String array, String problem) {
    return new BadFileException(file + ", array '" + array + "'", problem);
  }
}
