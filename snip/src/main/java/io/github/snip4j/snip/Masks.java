package io.github.snip4j.snip;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Which connections of a network are kept: c in {0, 1} for each; lives outside the network. */
public final class Masks {
  private final Map<String, Mask> byName;
  private final int ties;

  private Masks(Map<String, Mask> byName, int ties) {
    this.byName = Collections.unmodifiableMap(byName);
    this.ties = ties;
  }

  /** Which of the connections stay that have exactly the score of the cut. */
  public enum Ties {
    /** Keeps as many as make exactly κ, those with the lower index: the authors' code. */
    LOWER_INDEX,
    /** All of them, more than κ: equation 7 as printed. */
    ALL
  }

  /**
   * Keeps the κ connections with the largest scores: c<sub>j</sub> = 1[s<sub>j</sub> -
   * s<sub>κ</sub> ≥ 0], where s<sub>κ</sub> is the κ-th largest (equation 7).
   *
   * <p>Exactly κ are kept. Of equal scores at the cut those with the lower index stay; parameters
   * follow each other in the order of the scores.
   *
   * @throws IllegalArgumentException if kappa is not in 1 .. m, or all scores are 0
   */
  public static Masks keepTop(Scores scores, int kappa) {
    return keepTop(scores, kappa, Ties.LOWER_INDEX);
  }

  /** Masks that keep the κ largest scores; with {@link Ties#ALL} more than κ may be kept. */
  public static Masks keepTop(Scores scores, int kappa, Ties atCut) {
    if (kappa < 1 || kappa > scores.candidates()) {
      throw new IllegalArgumentException(
          "kappa " + kappa + ": expected 1 to " + scores.candidates() + " connections");
    }
    scores.checkNotAllZero();
    return select(scores, kappa, atCut);
  }

  /** Masks that keep the κ largest scores, also 0 of them, and of scores that are all 0. */
  static Masks select(Scores scores, int kappa, Ties atCut) {
    float[] all = concatenated(scores);
    float cut = kappa == 0 ? Float.POSITIVE_INFINITY : OrderStatistic.largest(all, kappa);
    int above = OrderStatistic.above(all, cut);
    int tiesLeft = atCut == Ties.ALL ? all.length : kappa - above;

    Map<String, Mask> byName = new LinkedHashMap<>();
    int ties = 0;
    for (String name : scores.names()) {
      Tensor s = scores.value(name);
      boolean[] keep = new boolean[s.size()];
      for (int j = 0; j < keep.length; j++) {
        boolean tie = s.at(j) == cut;
        keep[j] = s.at(j) > cut || (tie && tiesLeft-- > 0);
        ties += tie ? 1 : 0;
      }
      byName.put(name, new Mask(s.shape(), keep));
    }
    return new Masks(byName, ties > kappa - above ? ties : 0);
  }

  /**
   * Masks that come from elsewhere.
   *
   * @param byName by parameter name, in the order of the network's parameters
   */
  public static Masks of(Map<String, Mask> byName) {
    return new Masks(new LinkedHashMap<>(byName), 0);
  }

  /**
   * Keeps what is not 0: how a network from elsewhere says what was pruned from it, if it brings no
   * masks.
   *
   * @param scope which parameters have masks
   */
  public static Masks nonZero(Network network, Scope scope) {
    Map<String, Mask> byName = new LinkedHashMap<>();
    for (Parameter p : network.parameters()) {
      if (scope.prunable(p)) {
        float[] values = p.dense().toArray();
        boolean[] keep = new boolean[values.length];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = values[i] != 0;
        }
        byName.put(p.name(), new Mask(p.shape(), keep));
      }
    }
    return new Masks(byName, 0);
  }

  /** Masks of the parts of a network, put together in the order of these names. */
  static Masks together(Collection<String> names, Collection<Masks> parts) {
    Map<String, Mask> byName = new LinkedHashMap<>();
    for (String name : names) {
      for (Masks part : parts) {
        Mask mask = part.byName.get(name);
        if (mask != null) {
          byName.put(name, mask);
        }
      }
    }
    return new Masks(byName, parts.stream().mapToInt(Masks::tiesAtCut).sum());
  }

  /**
   * Masks with the same number of connections in each parameter, at random places: a check of
   * whether it matters which ones are kept [Frankle, Dziugaite, Roy, Carbin, <i>Pruning neural
   * networks at initialization: why are we missing the mark?</i>, ICLR 2021, section 5].
   */
  public Masks shuffled(Seed seed) {
    return shuffled(seed, Map.of());
  }

  /**
   * {@link #shuffled(Seed)} among the connections that a network has.
   *
   * @param existing the masks of a network that was pruned before, by parameter name; a parameter
   *     without one is whole
   */
  public Masks shuffled(Seed seed, Map<String, Mask> existing) {
    Map<String, Mask> shuffled = new LinkedHashMap<>();
    byName.forEach(
        (name, mask) -> {
          Mask places = existing.get(name);
          int[] at =
              places == null
                  ? IntStream.range(0, mask.shape().size()).toArray()
                  : places.keptPositions();
          int[] order = seed.child(name).permutation(at.length);
          boolean[] keep = new boolean[mask.shape().size()];
          for (int j = 0; j < order.length; j++) {
            keep[at[j]] = mask.keeps(at[order[j]]);
          }
          shuffled.put(name, new Mask(mask.shape(), keep));
        });
    return new Masks(shuffled, ties);
  }

  private static float[] concatenated(Scores scores) {
    float[] all = new float[scores.size()];
    int at = 0;
    for (String name : scores.names()) {
      Tensor s = scores.value(name);
      System.arraycopy(s.data(), s.offset(), all, at, s.size());
      at += s.size();
    }
    return all;
  }

  /** The masks by parameter name, for an optimiser or a file. */
  public Map<String, Mask> byName() {
    return byName;
  }

  /**
   * The mask of one parameter.
   *
   * @throws IllegalArgumentException if it has none
   */
  public Mask of(String name) {
    Mask mask = byName.get(name);
    if (mask == null) {
      throw new IllegalArgumentException(
          "masks: no parameter " + name + " among " + byName.keySet());
    }
    return mask;
  }

  /** κ: how many connections are kept in all. */
  public int kept() {
    return byName.values().stream().mapToInt(Mask::kept).sum();
  }

  /**
   * How many connections had exactly the score of the cut where only some of them could be kept; 0
   * if the cut divides clearly.
   */
  public int tiesAtCut() {
    return ties;
  }
}
