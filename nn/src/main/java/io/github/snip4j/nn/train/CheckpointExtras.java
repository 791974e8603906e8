package io.github.snip4j.nn.train;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a {@link Checkpoint} holds for others than network and optimiser, as for a callback that
 * remembers something: {@code extra.<name>} for each tensor, {@code extra.mask.<name>} for each
 * mask.
 *
 * @param tensors by name; not copied
 * @param masks by name
 */
public record CheckpointExtras(Map<String, Tensor> tensors, Map<String, Mask> masks) {
  /** Nothing. */
  public static final CheckpointExtras NONE = new CheckpointExtras(Map.of(), Map.of());

  private static final String PREFIX = "extra.";
  private static final String MASK = PREFIX + "mask.";

  public CheckpointExtras {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
  }

  void put(NpzWriter writer) {
    tensors.forEach((name, tensor) -> writer.put(PREFIX + name, tensor));
    masks.forEach((name, mask) -> writer.put(MASK + name, mask.shape(), mask.toArray()));
  }

  /** The names of all arrays. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    tensors.keySet().forEach(name -> names.add(PREFIX + name));
    masks.keySet().forEach(name -> names.add(MASK + name));
    return names;
  }

  /** The extras of a file that have the names and shapes of these. */
  CheckpointExtras read(String file, Npz npz) throws IOException {
    Map<String, Tensor> read = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> one : tensors.entrySet()) {
      String name = PREFIX + one.getKey();
      check(file, npz, name, one.getValue().shape());
      read.put(one.getKey(), npz.floats(name));
    }
    Map<String, Mask> readMasks = new LinkedHashMap<>();
    for (Map.Entry<String, Mask> one : masks.entrySet()) {
      String name = MASK + one.getKey();
      check(file, npz, name, one.getValue().shape());
      readMasks.put(one.getKey(), mask(file, name, one.getValue().shape(), npz.ints(name)));
    }
    return new CheckpointExtras(read, readMasks);
  }

  private static Mask mask(String file, String name, Shape shape, int[] values)
      throws BadFileException {
    boolean[] keep = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0 && values[i] != 1) {
        throw new BadFileException(
            file, "the array '" + name + "' holds " + values[i] + " where 0 or 1 is expected");
      }
      keep[i] = values[i] == 1;
    }
    return new Mask(shape, keep);
  }

  private static void check(String file, Npz npz, String name, Shape expected) throws IOException {
    if (!npz.names().contains(name) || !npz.shape(name).equals(expected)) {
      throw new BadFileException(
          file, "must hold an array '" + name + "' " + expected + ", to go on with this training");
    }
  }
}
