package io.github.snip4j.nn.train;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import io.github.snip4j.nn.train.BestOnValidation.Best;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A training between two steps, as a sealed {@code .npz} file: all that the steps to come depend
 * on.
 *
 * <p>It holds {@code network.<name>} for each of the network's values and {@code mask.<name>} for
 * each mask; {@code optimizer.<name>.<k>}, the optimiser's state; {@code best.<name>}, the network
 * when it did best, with {@code best.mask.<name>} if other connections existed then; and two texts,
 * {@code numbers} (step, and what was best) and {@code about}, which is the owner's; and {@link
 * CheckpointExtras}, if somebody else remembers something. What random draws depend on is not
 * there: they are functions of a seed and the step.
 *
 * <p>A crash while one is written leaves the one before. A file is not trusted: first its checksum
 * over every byte must be right, then its arrays must be those of the network, the masks and the
 * optimiser that are to be restored.
 */
public final class Checkpoint {
  private static final String NETWORK = "network.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String NUMBERS = "numbers";
  private static final String ABOUT = "about";

  private final String file;
  private final Npz npz;
  private final CheckpointNumbers numbers;

  private Checkpoint(String file, Npz npz, CheckpointNumbers numbers) {
    this.file = file;
    this.npz = npz;
    this.numbers = numbers;
  }

  /**
   * Writes one, unless a value of the network is not finite: from there no training goes on, and
   * the file that was there before stays.
   *
   * @param about anything else; comes back from {@link #about}
   * @return whether it was written
   * @throws IOException if that fails; the file that was there before then stays too
   */
  public static boolean save(
      Path file, Network network, Optimizer optimizer, Best best, String about) throws IOException {
    return save(file, network, optimizer, best, about, CheckpointExtras.NONE);
  }

  /**
   * Writes one that holds something else too; otherwise like {@link #save(Path, Network, Optimizer,
   * Best, String)}.
   *
   * @param extras what else; comes back from {@link #extras}
   * @return whether it was written
   * @throws IOException if that fails; the file that was there before then stays too
   */
  public static boolean save(
      Path file,
      Network network,
      Optimizer optimizer,
      Best best,
      String about,
      CheckpointExtras extras)
      throws IOException {
    Map<String, Tensor> values = network.state();
    if (!values.values().stream().allMatch(value -> FirstNonFinite.broken(value).isEmpty())) {
      return false;
    }
    NpzWriter writer = new NpzWriter();
    writer.put(ABOUT, about);
    writer.put(
        NUMBERS,
        new CheckpointNumbers(
                network.name(), optimizer.steps(), best.step(), best.evaluation(), rule(optimizer))
            .toString());
    values.forEach((name, value) -> writer.put(NETWORK + name, value));
    network
        .masks()
        .forEach(
            (name, mask) ->
                writer.put(NetworkFile.MASK_PREFIX + name, mask.shape(), mask.toArray()));
    optimizer.state().forEach((name, array) -> writer.put(OPTIMIZER + name, array));
    BestNetwork.put(writer, network, best.network());
    extras.put(writer);
    writer.writeSealed(file);
    return true;
  }

  /**
   * Reads one.
   *
   * @throws BadFileException if it is damaged, cut short or something else
   * @throws IOException if it cannot be read
   */
  public static Checkpoint load(Path file) throws IOException {
    Npz npz = Npz.readSealed(file);
    return new Checkpoint(
        file.toString(), npz, CheckpointNumbers.parse(file.toString(), npz.text(NUMBERS)));
  }

  /** How many steps were done. */
  public long step() {
    return numbers.step();
  }

  /**
   * What the owner wrote.
   *
   * @throws BadFileException if there is nothing of the kind
   * @throws IOException if it cannot be read
   */
  public String about() throws IOException {
    return npz.text(ABOUT);
  }

  /**
   * What the network was pruned by.
   *
   * @param network of the same kind, pruned or not
   * @throws BadFileException if this is of another network, or they are no masks of its parameters
   * @throws IOException if it cannot be read
   */
  public Map<String, Mask> masks(Network network) throws IOException {
    if (!numbers.network().equals(network.name())) {
      throw new BadFileException(
          file, "is a checkpoint of " + numbers.network() + ", not of " + network.name());
    }
    return NetworkFile.masks(file, npz, NetworkFile.MASK_PREFIX, network);
  }

  /**
   * What was saved beside network and optimiser.
   *
   * @param like of the same names and shapes
   * @throws BadFileException if there is nothing of the kind
   * @throws IOException if it cannot be read
   */
  public CheckpointExtras extras(CheckpointExtras like) throws IOException {
    return like.read(file, npz);
  }

  /** Sets network and optimiser to what they were, of a checkpoint without extras. */
  public Best restore(Network network, Optimizer optimizer) throws IOException {
    return restore(network, optimizer, CheckpointExtras.NONE);
  }

  /**
   * Sets network and optimiser to what they were.
   *
   * @param network pruned by the {@link #masks}
   * @param optimizer made for this network
   * @param extras of the names of those that it holds; {@link #extras} reads them
   * @return what was best on validation
   * @throws BadFileException if the arrays are not those of this network and this optimiser, or its
   *     rule was another; both are then as before
   * @throws IOException if it cannot be read
   */
  public Best restore(Network network, Optimizer optimizer, CheckpointExtras extras)
      throws IOException {
    Map<String, Mask> masks = network.masks();
    checkMasks(masks, masks(network));
    if (!numbers.rule().isEmpty() && !numbers.rule().equals(rule(optimizer))) {
      throw new BadFileException(
          file,
          "holds the state of "
              + numbers.rule()
              + ", which "
              + rule(optimizer)
              + " cannot go on with");
    }
    Map<String, Tensor> now = network.state();
    BestNetwork best = BestNetwork.of(file, npz, network);
    Set<String> expected = new TreeSet<>(List.of(ABOUT, NUMBERS));
    masks.keySet().forEach(name -> expected.add(NetworkFile.MASK_PREFIX + name));
    now.keySet().forEach(name -> expected.add(NETWORK + name));
    expected.addAll(best.names());
    expected.addAll(extras.names());
    optimizer.state().keySet().forEach(name -> expected.add(OPTIMIZER + name));
    checkNames(expected, network);

    NetworkSnapshot values =
        new NetworkSnapshot(network.structures(), arrays(NETWORK, shapes(now), true));
    Map<String, Tensor> state = arrays(OPTIMIZER, shapes(optimizer.state()), false);
    NetworkSnapshot whenBest =
        new NetworkSnapshot(best.structures(), arrays(BestNetwork.PREFIX, best.shapes(), true));
    network.restore(values);
    optimizer.restore(
        new OptimizerSnapshot(
            optimizer.rule().description(), numbers.step(), network.structures(), state));
    return new Best(numbers.bestStep(), numbers.best(), whenBest);
  }

  /** In one line. */
  private static String rule(Optimizer optimizer) {
    return optimizer.rule().description().replaceAll("\\R", " ");
  }

  private void checkMasks(Map<String, Mask> ours, Map<String, Mask> saved) throws BadFileException {
    for (String name : saved.keySet()) {
      Mask mask = ours.get(name);
      if (mask == null || !Arrays.equals(mask.toArray(), saved.get(name).toArray())) {
        throw new BadFileException(
            file,
            "was pruned otherwise than this network: "
                + name
                + "; restore it into a network restructured by its masks");
      }
    }
  }

  private void checkNames(Set<String> expected, Network network) throws BadFileException {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(npz.names());
    Set<String> unknown = new TreeSet<>(npz.names());
    unknown.removeAll(expected);
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new BadFileException(
          file,
          ("does not hold a training of " + network.name())
              + (missing.isEmpty() ? "" : "; missing: " + Printable.list(missing))
              + (unknown.isEmpty() ? "" : "; not known: " + Printable.list(unknown)));
    }
  }

  private static Map<String, Shape> shapes(Map<String, Tensor> tensors) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /** The arrays of these names and shapes. */
  private Map<String, Tensor> arrays(String prefix, Map<String, Shape> shapes, boolean finite)
      throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, Shape> one : shapes.entrySet()) {
      String name = prefix + one.getKey();
      checkShape(name, one.getValue());
      arrays.put(one.getKey(), finite ? npz.finiteFloats(name) : npz.floats(name));
    }
    return arrays;
  }

  private void checkShape(String name, Shape expected) throws IOException {
    if (!npz.shape(name).equals(expected)) {
      throw new BadFileException(
          file, "array '" + name + "' must be " + expected + ", not " + npz.shape(name));
    }
  }
}
