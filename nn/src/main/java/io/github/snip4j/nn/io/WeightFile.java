package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkSnapshot;
import io.github.snip4j.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets networks to the weights of files, under the names that PyTorch and its tools give them:
 *
 * <ul>
 *   <li>a prefix that all names have, {@code module.} (of DataParallel) or {@code _orig_mod.} (of
 *       torch.compile), is taken off;
 *   <li>{@code fc1.weight_orig} and {@code fc1.weight_mask} (of torch.nn.utils.prune) are {@code
 *       fc1.weight} and its mask, as {@code mask.fc1.weight} is;
 *   <li>{@code rnn.weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0} and {@code bias_hh_l0}
 *       are {@code rnn.weight} and {@code rnn.bias} of an {@link io.github.snip4j.nn.layer.Lstm} or
 *       {@link io.github.snip4j.nn.layer.Gru}: the matrices side by side, the biases added up (but
 *       for a GRU's n);
 *   <li>{@code num_batches_tracked} of batch norms is not needed.
 * </ul>
 */
public final class WeightFile {
  private static final String[] PREFIXES = {"module.", "_orig_mod."};
  private static final String MASK = "mask.";
  private static final String ORIGINAL = "_orig";
  private static final String MASKED = "_mask";

  private WeightFile() {}

  /**
   * A network like another with the weights, the buffers and the masks of a file: pruned where the
   * file has masks.
   *
   * @param like whole; not modified
   * @throws BadFileException if a tensor is missing, has another shape or is not finite, or there
   *     is one that the network does not have
   * @throws IOException if the file cannot be read
   */
  public static Network read(Path file, Network like) throws IOException {
    Map<String, Tensor> tensors = withoutPrefix(TensorFile.read(file));
    tensors
        .keySet()
        .removeIf(name -> name.endsWith(".num_batches_tracked") || name.startsWith("snip4j."));
    Map<String, Tensor> masks = takeMasks(tensors);
    prune(tensors, masks); // before biases are added up, of which one may be pruned
    RecurrentNames.join(tensors, masks, like);
    Network network = like.on(Parameter::copy);
    checkNames(file, network, tensors.keySet());
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> own : network.state().entrySet()) {
      String name = own.getKey();
      values.put(name, fitting(file, name, tensors.get(name), own.getValue().shape()));
    }
    Map<String, Mask> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : masks.entrySet()) {
      String name = entry.getKey();
      kept.put(name, mask(file, network, name, entry.getValue()));
    }
    network.restore(new NetworkSnapshot(network.structures(), values));
    return kept.isEmpty() ? network : network.restructured(kept);
  }

  /**
   * Whether a tensor's name is one that PyTorch or its tools give, and no parameter's own: {@code
   * module.fc1.weight}, {@code fc1.weight_orig}, {@code fc1.weight_mask}, {@code rnn.weight_ih_l0}.
   */
  public static boolean isForeign(String name) {
    return Arrays.stream(PREFIXES).anyMatch(name::startsWith)
        || name.endsWith(ORIGINAL)
        || name.endsWith(MASKED)
        || name.matches(".*\\.(weight|bias)_(ih|hh)_l0");
  }

  /**
   * The masks of a file, by the names of parameters: {@code mask.fc1.weight} or {@code
   * fc1.weight_mask}. What else it holds, as scores or weights, is not looked at.
   *
   * @throws BadFileException if it holds no mask, or one of another shape or of a parameter that
   *     the network does not have
   * @throws IOException if the file cannot be read
   */
  public static Map<String, Mask> masks(Path file, Network network) throws IOException {
    Map<String, Tensor> tensors = withoutPrefix(TensorFile.read(file));
    tensors.keySet().removeIf(name -> name.startsWith("snip4j."));
    Map<String, Tensor> masks = takeMasks(tensors);
    RecurrentNames.join(tensors, masks, network);
    if (masks.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          "holds no masks: expected mask.NAME or NAME_mask, 1 or 0 for each number of a parameter");
    }
    Map<String, Mask> kept = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : masks.entrySet()) {
      kept.put(entry.getKey(), mask(file, network, entry.getKey(), entry.getValue()));
    }
    return kept;
  }

  private static Mask mask(Path file, Network network, String name, Tensor tensor)
      throws BadFileException {
    List<String> parameters = network.parameters().stream().map(Parameter::name).toList();
    if (!parameters.contains(name)) {
      throw new BadFileException(
          file.toString(),
          ("has a mask of '" + name + "', which " + network.name() + " has not")
              + NearestName.hint(name, parameters));
    }
    String place = name + " (its mask)";
    Tensor mask = fitting(file, place, tensor, network.parameter(name).shape());
    boolean[] keep = new boolean[mask.size()];
    for (int i = 0; i < keep.length; i++) {
      if (mask.at(i) != 0 && mask.at(i) != 1) {
        throw new BadFileException(
            file.toString(),
            ("tensor '" + place + "' holds " + mask.at(i) + " at position " + i)
                + ": expected 0 or 1");
      }
      keep[i] = mask.at(i) != 0;
    }
    return new Mask(mask.shape(), keep);
  }

  private static Map<String, Tensor> withoutPrefix(Map<String, Tensor> tensors) {
    Map<String, Tensor> plain = tensors;
    for (String prefix : PREFIXES) {
      if (!plain.isEmpty() && plain.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
        Map<String, Tensor> shorter = new LinkedHashMap<>();
        plain.forEach((name, tensor) -> shorter.put(name.substring(prefix.length()), tensor));
        plain = shorter;
      }
    }
    return new LinkedHashMap<>(plain);
  }

  /** Takes the masks out of what a file holds, and gives pruned weights their own names. */
  private static Map<String, Tensor> takeMasks(Map<String, Tensor> tensors) {
    Map<String, Tensor> masks = new LinkedHashMap<>();
    for (String name : Set.copyOf(tensors.keySet())) {
      Tensor tensor = java.util.Objects.requireNonNull(tensors.get(name));
      if (name.startsWith(MASK)) {
        masks.put(name.substring(MASK.length()), tensor);
        tensors.remove(name);
      } else if (name.endsWith(ORIGINAL)) {
        tensors.put(name.substring(0, name.length() - ORIGINAL.length()), tensor);
        tensors.remove(name);
      } else if (name.endsWith(MASKED)) {
        masks.put(name.substring(0, name.length() - MASKED.length()), tensor);
        tensors.remove(name);
      }
    }
    return masks;
  }

  /** c ⊙ w for each mask of the weight's shape; others are refused later. */
  private static void prune(Map<String, Tensor> tensors, Map<String, Tensor> masks) {
    masks.forEach(
        (name, mask) -> {
          Tensor values = tensors.get(name);
          if (values != null && values.shape().equals(mask.shape())) {
            for (int i = 0; i < mask.size(); i++) {
              values.put(i, mask.at(i) * values.at(i));
            }
          }
        });
  }

  private static Tensor fitting(Path file, String name, @Nullable Tensor tensor, Shape shape)
      throws BadFileException {
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new BadFileException(
          file.toString(),
          ("tensor '" + name + "' is " + (tensor == null ? "missing" : tensor.shape()))
              + (": expected " + shape));
    }
    for (int i = 0; i < tensor.size(); i++) {
      if (!Float.isFinite(tensor.at(i))) {
        throw new BadFileException(
            file.toString(), "tensor '" + name + "' holds " + tensor.at(i) + " at position " + i);
      }
    }
    return tensor;
  }

  private static void checkNames(Path file, Network network, Set<String> names)
      throws BadFileException {
    Set<String> missing = new TreeSet<>(network.state().keySet());
    missing.removeAll(names);
    Set<String> extra = new TreeSet<>(names);
    extra.removeAll(network.state().keySet());
    if (!missing.isEmpty() || !extra.isEmpty()) {
      throw new BadFileException(
          file.toString(),
          "does not hold the weights of "
              + network.name()
              + (missing.isEmpty() ? "" : "; missing: " + Printable.list(missing))
              + (extra.isEmpty() ? "" : "; not known: " + Printable.list(extra))
              + (missing.isEmpty() ? "" : NearestName.hint(missing.iterator().next(), extra)));
    }
  }
}
