package io.github.snip4j.bench.cli;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch that somebody made, from a file: x, float32, examples first, and labels, int32.
 *
 * @param file for messages
 */
record GivenBatch(Path file, Npz arrays) {
  /**
   * Opens the file.
   *
   * @throws IOException if it cannot be read
   */
  static GivenBatch read(Path file) throws IOException {
    return new GivenBatch(file, Npz.read(file));
  }

  /**
   * The network for pictures of the batch's shape, if there is one; else as it is in the paper.
   *
   * @param asked how many classes it tells apart; null for the network's own number
   */
  Model fitted(Model model, @Nullable Integer asked) throws IOException {
    int classes = asked == null ? model.task().classes() : asked;
    int[] x = arrays.shape("x").toArray();
    Task task = new Task(Shape.of(Arrays.copyOfRange(x, Math.min(1, x.length), x.length)), classes);
    return model.on(x.length == 4 && model.takes(task) ? task : model.task().withClasses(classes));
  }

  /**
   * The batch, its examples last.
   *
   * @throws IOException if it has another shape than the network takes, or other labels than it has
   *     outputs
   */
  Batch batch(Network network) throws IOException {
    Tensor x = arrays.finiteFloats("x");
    int[] labels = arrays.ints("labels");
    if (arrays.shape("labels").rank() != 1) {
      throw new BadFileException(
          file.toString(), "labels must have one axis, not " + arrays.shape("labels"));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= network.outputs()) {
        throw new BadFileException(
            file.toString(),
            ("label " + labels[i] + " of example " + i)
                + (": expected 0 to " + (network.outputs() - 1)));
      }
    }
    try {
      return Batch.fromExamplesFirst(x, network.input(), labels);
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file.toString(), String.valueOf(e.getMessage()));
    }
  }
}
