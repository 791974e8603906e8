package io.github.snip4j.bench.cli.option;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.io.WeightFile;
import io.github.snip4j.snip.Biases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Weights and masks from files that people have. */
public final class GivenWeights {
  private GivenWeights() {}

  /**
   * A network like another with the weights and the masks of a file.
   *
   * @param ignoreMasks to choose among all connections again
   * @throws IOException if the file cannot be read, or does not fit
   */
  public static Network read(Path file, Network like, boolean ignoreMasks) throws IOException {
    if (!isOurs(file)) {
      Network read = WeightFile.read(file, like);
      return ignoreMasks ? read.on(Parameter::unpruned) : read;
    }
    if (ignoreMasks) {
      NetworkFile.loadWithoutMasks(file, like);
      return like;
    }
    return NetworkFile.read(file, like);
  }

  /** Whether it is an archive whose arrays are called as in {@link NetworkFile}. */
  private static boolean isOurs(Path file) throws IOException {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz")
        && Npz.read(file).names().stream().noneMatch(WeightFile::isForeign);
  }

  /**
   * A network with the masks of a file; what it prunes already stays pruned.
   *
   * @throws IOException if the file cannot be read, or does not fit
   */
  public static Network masked(Path file, Network network) throws IOException {
    Map<String, Mask> masks = new LinkedHashMap<>(WeightFile.masks(file, network));
    Map<String, Mask> before = network.masks();
    masks.replaceAll(
        (name, mask) -> {
          Mask own = before.get(name);
          return own == null ? mask : both(own, mask);
        });
    return network.restructured(masks);
  }

  /** The mask that keeps what each of two keeps. */
  private static Mask both(Mask one, Mask other) {
    boolean[] keep = one.toArray();
    for (int i = 0; i < keep.length; i++) {
      keep[i] &= other.keeps(i);
    }
    return new Mask(one.shape(), keep);
  }

  /**
   * The share of the connections that is pruned in a network.
   *
   * @param excluded layers whose connections are not counted
   */
  public static double pruned(Network network, Biases biases, List<String> excluded) {
    long all = 0;
    long kept = 0;
    for (Parameter parameter : network.parameters()) {
      if (biases.without(excluded).prunable(parameter)) {
        all += parameter.size();
        kept += parameter.value().size();
      }
    }
    return all == 0 ? 0 : 1 - (double) kept / all;
  }
}
