package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.NamedOutput;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.objective.Objective;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Networks as {@code .npz} files: each parameter and each buffer under PyTorch's name and in
 * PyTorch's shape, each mask as booleans under {@code mask.<name>}, and the network's name as a
 * text under {@code snip4j.network}.
 */
public final class NetworkFile {
  /** What a mask's name begins with. */
  public static final String MASK_PREFIX = "mask.";

  static final String NETWORK = "snip4j.network";
  static final String ARCHITECTURE = "snip4j.architecture";
  static final String OBJECTIVE = "snip4j.objective";

  private NetworkFile() {}

  /** A network that was read, and what its file says of it. */
  public record Saved(Network network, ModelCard card) {}

  /** {@link #save(Path, Network, ModelCard)} with nothing said beside the network. */
  public static void save(Path file, Network network) throws IOException {
    save(file, network, ModelCard.NONE);
  }

  /**
   * Writes a network, whole or not at all: its architecture, parameters with zeros where they are
   * pruned, buffers and masks.
   *
   * @throws IOException if the file cannot be written
   */
  public static void save(Path file, Network network, ModelCard card) throws IOException {
    writer(network, card).write(file);
  }

  /** {@link #save(Path, Network, ModelCard)} to a stream, which stays open. */
  public static void write(OutputStream out, Network network, ModelCard card) throws IOException {
    writer(network, card).write(out);
  }

  private static NpzWriter writer(Network network, ModelCard card) {
    NpzWriter writer = new NpzWriter();
    writer.put(NETWORK, network.name());
    writer.put(ARCHITECTURE, Architecture.text(network)).pack(ARCHITECTURE);
    if (!network.objective().equals(Objective.crossEntropy())) {
      writer.put(OBJECTIVE, ObjectiveText.of(network.objective()));
    }
    CardArrays.put(writer, card);
    network.on(Parameter::unpruned).state().forEach(writer::put);
    network
        .masks()
        .forEach(
            (name, mask) ->
                writer
                    .put(MASK_PREFIX + name, mask.shape(), mask.toArray())
                    .pack(MASK_PREFIX + name)
                    .pack(name));
    return writer;
  }

  /**
   * Whether {@link #read} can make the network of a file, as long as it knows the layers.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean saysItsArchitecture(Path file) throws IOException {
    return Npz.read(file).names().contains(ARCHITECTURE);
  }

  /**
   * The network of a file, made anew: its layers, parameters, buffers and masks.
   *
   * @param own make the layers that are not the engine's
   * @throws BadFileException if it is no such file, does not say its architecture (as files of
   *     older versions: make the network and {@link #load} it), or holds layers that nothing makes
   * @throws IOException if it cannot be read
   */
  public static Saved read(Path file, LayerMaker... own) throws IOException {
    Npz npz = Npz.read(file);
    if (!npz.names().contains(ARCHITECTURE)) {
      throw new BadFileException(
          file.toString(),
          "does not say its architecture (it was written by an older version, or is no network): "
              + "make the network, and load the file into it");
    }
    Network network =
        Architecture.network(file.toString(), npz.text(ARCHITECTURE), own, new LimitedZeros(npz));
    Network like = network.with(objective(file, npz));
    return new Saved(read(file, like), CardArrays.read(file.toString(), npz));
  }

  /** {@link #read(Path, LayerMaker...)} from a stream, which is read to its end. */
  public static Saved read(InputStream in, LayerMaker... own) throws IOException {
    Path copy = Files.createTempFile("network", ".npz");
    try {
      try (OutputStream out = new NamedOutput(Files.newOutputStream(copy), copy)) {
        in.transferTo(out);
      }
      return read(copy, own);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static Objective objective(Path file, Npz npz) throws IOException {
    if (!npz.names().contains(OBJECTIVE)) {
      return Objective.crossEntropy();
    }
    try {
      return ObjectiveText.objective(npz.text(OBJECTIVE));
    } catch (IllegalArgumentException e) {
      throw new BadFileException(
          file.toString(), "its objective cannot be made: " + e.getMessage());
    }
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
    Map<String, Mask> inFile = pruning(masks(file.toString(), npz, MASK_PREFIX, network));
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
    NetworkArrays.set(file, npz, network);
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
    NetworkArrays.set(file, Npz.read(file), network);
  }

  /** The masks that prune something. */
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
    Map<String, Mask> masks = masks(file.toString(), Npz.read(file), MASK_PREFIX, network);
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

  /**
   * The masks among the arrays of a file.
   *
   * @param prefix what their names begin with, before those of the network's parameters
   * @throws BadFileException if one has another shape than its parameter, or holds anything but 0
   *     and 1
   * @throws IOException if the file cannot be read
   */
  public static Map<String, Mask> masks(String file, Npz npz, String prefix, Network network)
      throws IOException {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      String name = prefix + parameter.name();
      if (npz.names().contains(name)) {
        if (!npz.shape(name).equals(parameter.shape())) {
          throw new BadFileException(
              file,
              "array '" + name + "' must be " + parameter.shape() + ", not " + npz.shape(name));
        }
        int[] ints = npz.ints(name);
        boolean[] keep = new boolean[ints.length];
        for (int i = 0; i < ints.length; i++) {
          if (ints[i] != 0 && ints[i] != 1) {
            throw new BadFileException(
                file,
                ("array '" + name + "' holds " + ints[i] + " at position " + i)
                    + ": expected 0 or 1");
          }
          keep[i] = ints[i] == 1;
        }
        masks.put(parameter.name(), new Mask(parameter.shape(), keep));
      }
    }
    return masks;
  }
}
