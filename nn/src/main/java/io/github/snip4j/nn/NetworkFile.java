package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Networks as {@code .npz} files: each parameter and each buffer under PyTorch's name and in
 * PyTorch's shape, each mask as booleans under {@code mask.<name>}, and the network's name as a
 * text under {@code snip4j.network}.
 */
public final class NetworkFile {
  /** What a mask's name begins with. */
  public static final String MASK_PREFIX = "mask.";

  private static final String NETWORK = "snip4j.network";

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
    writer.put(NETWORK, network.name());
    network.on(Parameter::unpruned).state().forEach(writer::put);
    network
        .masks()
        .forEach((name, mask) -> writer.put(MASK_PREFIX + name, mask.shape(), mask.toArray()));
    writer.write(file);
  }

  /**
   * A network like another, with the parameters, the buffers and the masks of a file: pruned as the
   * one that was saved.
   *
   * @param like whole or pruned; not modified
   * @throws BadFileException if an array is missing, has another shape or is not finite, there is
   *     one that the network does not have, or a mask prunes what is not 0
   * @throws IOException if the file cannot be read
   */
  public static Network read(Path file, Network like) throws IOException {
    Network whole = like.on(Parameter::unpruned);
    loadWithoutMasks(file, whole);
    return whole.restructured(pruning(masks(file, whole)));
  }

  /**
   * Sets a network's parameters and buffers to those of a file, whose masks must be the network's:
   * none if it is whole. {@link #read} takes a file with any masks.
   *
   * @throws BadFileException if one is missing, has another shape or is not finite, there is one
   *     that the network does not have, or the masks differ; the network is then as before
   * @throws IOException if the file cannot be read
   */
  public static void load(Path file, Network network) throws IOException {
    Npz npz = Npz.read(file);
    Map<String, Mask> inFile = pruning(masks(file.toString(), npz, network));
    Map<String, Mask> here = pruning(network.masks());
    for (Parameter parameter : network.parameters()) {
      Mask other = inFile.get(parameter.name());
      Mask own = here.get(parameter.name());
      if (other != null && own == null) {
        throw new BadFileException(
            file.toString(),
            ("prunes "
                    + (parameter.size() - other.kept())
                    + " of "
                    + parameter
                    + ", which is whole in ")
                + (network.name() + ": expected NetworkFile.read, which gives a pruned network, or")
                + " loadWithoutMasks, which forgets what is pruned");
      }
      if (own != null && (other == null || !Arrays.equals(own.toArray(), other.toArray()))) {
        throw new BadFileException(
            file.toString(),
            ("has " + (other == null ? "no mask" : "another mask") + " for " + parameter)
                + (", of which " + network.name() + " keeps " + own.kept())
                + ": expected the same mask, or NetworkFile.read, which takes any");
      }
    }
    set(file, npz, network);
  }

  /**
   * Sets the parameters and buffers of a whole network to those of a file. Whether the file has
   * masks is not looked at: what they prune becomes an ordinary weight of 0.
   *
   * @throws BadFileException if one is missing, has another shape or is not finite, or there is one
   *     that the network does not have; the network is then as before
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the network is pruned
   */
  public static void loadWithoutMasks(Path file, Network network) throws IOException {
    if (!network.masks().isEmpty()) {
      throw new IllegalArgumentException(
          network.name() + " is pruned: expected a whole network to load without masks into");
    }
    set(file, Npz.read(file), network);
  }

  private static void set(Path file, Npz npz, Network network) throws IOException {
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
    network.restore(values);
  }

  /** Those masks that prune something. */
  private static Map<String, Mask> pruning(Map<String, Mask> masks) {
    Map<String, Mask> pruning = new LinkedHashMap<>(masks);
    pruning.values().removeIf(mask -> mask.kept() == mask.shape().size());
    return pruning;
  }

  /**
   * The name of the network that a file was written from; null if it does not say.
   *
   * @throws BadFileException if it is no such file
   * @throws IOException if it cannot be read
   */
  public static @Nullable String networkName(Path file) throws IOException {
    Npz npz = Npz.read(file);
    return npz.names().contains(NETWORK) ? npz.text(NETWORK) : null;
  }

  /**
   * The masks of a file, by parameter name; none if the network was not pruned.
   *
   * @param network that its parameters were loaded into
   * @throws BadFileException if one has another shape than its parameter, or prunes what is not 0
   * @throws IOException if the file cannot be read
   */
  public static Map<String, Mask> masks(Path file, Network network) throws IOException {
    Map<String, Mask> masks = masks(file.toString(), Npz.read(file), network);
    for (Map.Entry<String, Mask> one : masks.entrySet()) {
      Tensor value = network.parameter(one.getKey()).dense();
      for (int i = 0; i < value.size(); i++) {
        if (!one.getValue().keeps(i) && value.at(i) != 0f) {
          throw new BadFileException(
              file.toString(),
              ("'" + MASK_PREFIX + one.getKey() + "' prunes position " + i)
                  + (", where the parameter is " + value.at(i) + ", not 0"));
        }
      }
    }
    return masks;
  }

  /** The masks among the arrays of a file. */
  public static Map<String, Mask> masks(String file, Npz npz, Network network) throws IOException {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = MASK_PREFIX + parameter.name();
      if (npz.names().contains(name)) {
        if (!npz.shape(name).equals(parameter.shape())) {
          throw new BadFileException(
              file,
              "array '" + name + "' must be " + parameter.shape() + ", not " + npz.shape(name));
        }
        int[] ints = npz.ints(name);
        boolean[] keep = new boolean[ints.length];
        for (int i = 0; i < ints.length; i++) {
          keep[i] = ints[i] != 0;
        }
        masks.put(parameter.name(), new Mask(parameter.shape(), keep));
      }
    }
    return masks;
  }

  private static void checkNames(Path file, Npz npz, Network network) throws BadFileException {
    Set<String> expected = network.state().keySet();
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(npz.names());
    Set<String> extra = new TreeSet<>(npz.names());
    extra.removeAll(expected);
    extra.remove(NETWORK);
    network.parameters().forEach(p -> extra.remove(MASK_PREFIX + p.name()));
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
