package io.github.snip4j.nn.train;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arrays of a checkpoint that hold the network when it did best on validation: {@code
 * best.<name>} for each value. If other connections existed then than exist now, or were stored
 * otherwise, there is also {@code best.mask.<name>} for each mask, and a text {@code best-sparse}:
 * the names of what was stored as a sparse matrix, one in a line.
 *
 * @param structures by parameter name
 * @param shapes of the values, by name
 * @param names of all arrays
 */
record BestNetwork(
    Map<String, Structure> structures, Map<String, Shape> shapes, Set<String> names) {
  static final String PREFIX = "best.";
  private static final String MASK = PREFIX + NetworkFile.MASK_PREFIX;
  private static final String SPARSE = "best-sparse";

  /**
   * Puts them into a file.
   *
   * @param now the network that the file holds beside the best
   */
  static void put(NpzWriter writer, Network now, NetworkSnapshot best) {
    best.values().forEach((name, value) -> writer.put(PREFIX + name, value));
    if (isAsStored(now, best)) {
      return;
    }
    best.masks().forEach((name, mask) -> writer.put(MASK + name, mask.shape(), mask.toArray()));
    List<String> sparse = new ArrayList<>();
    best.structures()
        .forEach(
            (name, structure) -> {
              if (Storage.of(structure) == Storage.SPARSE) {
                sparse.add(name);
              }
            });
    writer.put(SPARSE, String.join("\n", sparse));
  }

  private static boolean isAsStored(Network now, NetworkSnapshot best) {
    Map<String, Structure> then = best.structures();
    return now.parameters().stream()
        .allMatch(
            p -> {
              Structure structure = then.get(p.name());
              return structure != null
                  && Storage.of(structure) == Storage.of(p.structure())
                  && structure.isWhole() == p.structure().isWhole()
                  && structure.hasSameElements(p.structure());
            });
  }

  /**
   * What a file says of the connections of its best network.
   *
   * @param now the network that the file holds beside the best
   * @throws IOException if its masks are not those of such a network, or cannot be read
   */
  static BestNetwork of(String file, Npz npz, Network now) throws IOException {
    Map<String, Structure> structures = now.structures();
    Set<String> names = new TreeSet<>();
    if (npz.names().contains(SPARSE)) {
      names.add(SPARSE);
      Set<String> sparse = Set.copyOf(List.of(npz.text(SPARSE).split("\n", -1)));
      structures.replaceAll((name, structure) -> Structure.whole(structure.shape()));
      for (Map.Entry<String, Mask> one : NetworkFile.masks(file, npz, MASK, now).entrySet()) {
        String name = one.getKey();
        Storage storage = sparse.contains(name) ? Storage.SPARSE : Storage.DENSE;
        structures.put(name, one.getValue().structure(storage));
        names.add(MASK + name);
      }
    }
    Map<String, Shape> shapes = new LinkedHashMap<>();
    now.state().forEach((name, value) -> shapes.put(name, value.shape()));
    structures.forEach((name, structure) -> shapes.put(name, structure.valuesShape()));
    shapes.keySet().forEach(name -> names.add(PREFIX + name));
    return new BestNetwork(structures, shapes, names);
  }
}
