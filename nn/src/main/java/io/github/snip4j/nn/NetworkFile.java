package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Networks as {@code .npz} files: each parameter and each buffer under PyTorch's name and in
 * PyTorch's shape, each mask as booleans under {@code mask.<name>}.
 */
public final class NetworkFile {
  /** What a mask's name begins with. */
  public static final String MASK_PREFIX = "mask.";

  /** PyTorch's batch norms count the batches they saw; nothing here depends on it. */
  private static final String NOT_NEEDED = ".num_batches_tracked";

  private NetworkFile() {}

  /**
   * Writes parameters, with zeros where they are pruned, buffers and masks, whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public static void save(Path file, Network network) throws IOException {
    NpzWriter writer = new NpzWriter();
    network.on(Parameter::unpruned).state().forEach(writer::put);
    network
        .masks()
        .forEach((name, mask) -> writer.put(MASK_PREFIX + name, mask.shape(), mask.toArray()));
    writer.write(file);
  }

  /**
   * Sets a network's parameters and buffers to those of a file; masks in it are not looked at.
   *
   * @throws BadFileException if one is missing, has another shape or is not finite, or there is one
   *     that the network does not have; the network is then as before
   * @throws IOException if the file cannot be read
   */
  public static void load(Path file, Network network) throws IOException {
    Npz npz = Npz.read(file);
    checkNames(file, npz, network);
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> present : network.state().entrySet()) {
      String name = present.getKey();
      Tensor value = npz.finiteFloats(name);
      if (!value.shape().equals(present.getValue().shape())) {
        throw new BadFileException(
            file.toString(),
            ("array '" + name + "' must be " + present.getValue().shape())
                + (" for " + network.name() + ", not " + value.shape()));
      }
      values.put(name, value);
    }
    network.restore(values);
  }

  private static void checkNames(Path file, Npz npz, Network network) throws BadFileException {
    Set<String> expected = network.state().keySet();
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(npz.names());
    Set<String> extra = new TreeSet<>(npz.names());
    extra.removeAll(expected);
    extra.removeIf(name -> name.startsWith(MASK_PREFIX) || name.endsWith(NOT_NEEDED));
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          "does not hold the parameters of "
              + network.name()
              + (missing.isEmpty() ? "" : "; missing: " + String.join(", ", missing))
              + (extra.isEmpty() ? "" : "; not known: " + String.join(", ", extra)));
    }
  }
}
