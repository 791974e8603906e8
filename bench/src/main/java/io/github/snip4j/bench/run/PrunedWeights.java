package io.github.snip4j.bench.run;

import io.github.snip4j.bench.options.WeightNames;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The weights of a network with masks of what is pruned, as other programs take them. */
public final class PrunedWeights {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, int[]> indices = new LinkedHashMap<>();

  /**
   * All numbers of a network, and its masks.
   *
   * @param network that the masks are for; not modified
   * @param names MASK, ORIG or CSR
   */
  public PrunedWeights(Network network, Map<String, Mask> masks, WeightNames names) {
    for (Map.Entry<String, Tensor> one : network.on(Parameter::unpruned).state().entrySet()) {
      String name = one.getKey();
      Mask mask = masks.get(name);
      if (mask == null) {
        tensors.put(name, one.getValue());
      } else if (names == WeightNames.ORIG) {
        tensors.put(name + "_orig", one.getValue());
        tensors.put(name + "_mask", numbers(mask));
      } else if (names == WeightNames.CSR && mask.shape().rank() > 1) {
        putRows(name, one.getValue(), mask);
      } else {
        Tensor pruned = Tensor.of(one.getValue().shape(), one.getValue().toArray().clone());
        mask.applyTo(pruned);
        tensors.put(name, pruned);
        if (names == WeightNames.MASK) {
          tensors.put(name + "_mask", numbers(mask));
        }
      }
    }
  }

  /** Compressed rows of {@code [out, in]}; of a filter, {@code [out, in kH kW]}. */
  private void putRows(String name, Tensor weight, Mask mask) {
    int rows = weight.shape().dim(0);
    int columns = weight.size() / rows;
    int[] offsets = new int[rows + 1];
    int[] column = new int[mask.kept()];
    float[] values = new float[mask.kept()];
    int count = 0;
    for (int position : mask.keptPositions()) {
      offsets[position / columns + 1]++;
      column[count] = position % columns;
      values[count++] = weight.at(position);
    }
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] += offsets[row];
    }
    indices.put(name + ".crow_indices", offsets);
    indices.put(name + ".col_indices", column);
    tensors.put(name + ".values", Tensor.of(Shape.of(count), values));
  }

  private static Tensor numbers(Mask mask) {
    Tensor numbers = Tensor.zeros(mask.shape());
    for (int position : mask.keptPositions()) {
      numbers.put(position, 1);
    }
    return numbers;
  }

  /** Whether a file is called as one of safetensors. */
  public static boolean isSafetensors(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors");
  }

  /**
   * Writes them, whole or not at all, as {@code .safetensors} or {@code .npz}.
   *
   * @throws IllegalArgumentException if the first is to hold compressed rows, whose indices are no
   *     float32
   */
  public void write(Path file) throws IOException {
    if (isSafetensors(file)) {
      if (!indices.isEmpty()) {
        throw new IllegalArgumentException(
            file + ": compressed rows are written as .npz only: expected such a name");
      }
      Safetensors.write(file, tensors);
      return;
    }
    NpzWriter writer = new NpzWriter();
    tensors.forEach(writer::put);
    indices.forEach(writer::put);
    writer.write(file);
  }
}
