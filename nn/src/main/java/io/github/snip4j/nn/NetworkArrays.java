package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The arrays of a {@link NetworkFile} that hold a network's parameters and buffers. */
final class NetworkArrays {
  /** PyTorch's batch norms count the batches they saw; nothing here depends on it. */
  private static final String NOT_NEEDED = ".num_batches_tracked";

  private NetworkArrays() {}

  /**
   * Sets a network's parameters and buffers to those of a file, whatever its masks are.
   *
   * @throws BadFileException if the file is of another architecture, one is missing, has another
   *     shape or is not finite, or there is one that the network does not have; the network is then
   *     as before
   * @throws IOException if the file cannot be read
   */
  static void set(Path file, Npz npz, Network network) throws IOException {
    checkArchitecture(file, npz, network);
    checkNames(file, npz, network);
    Map<String, Structure> structures = new LinkedHashMap<>();
    network.parameters().forEach(p -> structures.put(p.name(), p.structure()));
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> present : network.state().entrySet()) {
      String name = present.getKey();
      Structure structure =
          structures.getOrDefault(name, Structure.whole(present.getValue().shape()));
      Tensor value = npz.finiteFloats(name);
      if (!value.shape().equals(structure.shape())) {
        throw new BadFileException(
            file.toString(),
            ("array '" + name + "' must be " + structure.shape())
                + (" for " + network.name() + ", not " + value.shape()));
      }
      values.put(name, structure.gather(value));
    }
    network.restore(new NetworkSnapshot(network.structures(), values));
  }

  private static void checkArchitecture(Path file, Npz npz, Network network) throws IOException {
    if (!npz.names().contains(NetworkFile.ARCHITECTURE)) {
      return; // of an older version, or somebody else's
    }
    String[] theirs = npz.text(NetworkFile.ARCHITECTURE).split("\n", -1);
    String[] ours = Architecture.text(network).split("\n", -1);
    for (int i = 1; i < Math.max(theirs.length, ours.length); i++) {
      String there = i < theirs.length ? theirs[i].trim() : "nothing";
      String here = i < ours.length ? ours[i].trim() : "nothing";
      if (!there.equals(here)) {
        throw new BadFileException(
            file.toString(),
            ("is of another network than " + network.name() + ": its layer " + i + " is '")
                + (Printable.of(there) + "', not '" + here + "'"));
      }
    }
  }

  private static void checkNames(Path file, Npz npz, Network network) throws BadFileException {
    Set<String> expected = network.state().keySet();
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(npz.names());
    Set<String> extra = new TreeSet<>(npz.names());
    extra.removeAll(expected);
    extra.removeAll(CardArrays.NAMES);
    extra.removeAll(Set.of(NetworkFile.NETWORK, NetworkFile.ARCHITECTURE, NetworkFile.OBJECTIVE));
    network.parameters().forEach(p -> extra.remove(NetworkFile.MASK_PREFIX + p.name()));
    extra.removeIf(name -> name.endsWith(NOT_NEEDED));
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          "does not hold the parameters of "
              + network.name()
              + (missing.isEmpty() ? "" : "; missing: " + Printable.list(missing))
              + (extra.isEmpty() ? "" : "; not known: " + Printable.list(extra)));
    }
  }
}
