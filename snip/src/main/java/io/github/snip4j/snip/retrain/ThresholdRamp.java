package io.github.snip4j.snip.retrain;

import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.train.Callback;
import io.github.snip4j.snip.Masks;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Prunes weights below a threshold that rises while a network is trained: for each weight matrix
 * one of its own, slowly at first and faster later. After step i, every f steps, weights with |w|
 * below ε go for good: ε = θ (i - start + 1) / f up to the ramp, and (θ (ramp - start + 1) + φ (i -
 * ramp + 1)) / f from there to the end, with φ = 1.5 θ [Narang, Diamos, Sengupta, Elsen,
 * <i>Exploring sparsity in recurrent neural networks</i>, ICLR 2017, algorithm 1 and section 3].
 * Made for recurrent networks, whose layers differ in scale. How sparse the network ends is not
 * said but results: {@link #slope} is how the authors choose θ.
 */
public final class ThresholdRamp implements Callback {
  private static final double STEEPER = 1.5;

  private final Network network;
  private final Map<String, Double> slopes;
  private final Steps steps;

  /**
   * When the threshold rises, in steps counted from 1.
   *
   * @param every f, 100 with the authors
   * @param start about the end of the first epoch
   * @param ramp where it begins to rise faster: a quarter of all steps
   * @param end where it stops, and nothing is pruned any more: half of all steps
   */
  public record Steps(long every, long start, long ramp, long end) {
    /** Checks the order. */
    public Steps {
      if (every < 1 || start < 0 || ramp < start || end < ramp) {
        throw new IllegalArgumentException(
            ("threshold ramp: every " + every + " steps, start " + start + ", ramp " + ramp)
                + (", end " + end + ": expected 1 or more, and steps in this order"));
      }
    }
  }

  /**
   * Prunes a network that is being trained.
   *
   * @param network changed in place
   * @param slopes θ, by the name of the weight; the others are left alone
   * @throws IllegalArgumentException if there is no such parameter, or a slope is not above 0
   */
  public ThresholdRamp(Network network, Map<String, Double> slopes, Steps steps) {
    slopes.forEach(
        (name, slope) -> {
          network.parameter(name);
          if (!(slope > 0 && slope <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                "threshold ramp: slope " + slope + " of " + name + ": expected more than 0");
          }
        });
    this.network = network;
    this.slopes = new LinkedHashMap<>(slopes);
    this.steps = steps;
  }

  /**
   * θ from the weights of a network that was trained without pruning: 2 q f / (2 (ramp - start) + 3
   * (end - ramp)), with q the magnitude below which the share lies that is to be pruned.
   *
   * @param which parameters are pruned
   * @param share in (0, 1)
   * @return by parameter name
   */
  public static Map<String, Double> slope(
      Network trained, Predicate<Parameter> which, double share, Steps steps) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("threshold ramp: share " + share + ": expected in (0, 1)");
    }
    Map<String, Double> slopes = new LinkedHashMap<>();
    double length = 2.0 * (steps.ramp - steps.start) + 3.0 * (steps.end - steps.ramp);
    for (Parameter p : trained.parameters()) {
      if (which.test(p)) {
        float[] magnitudes = p.dense().toArray();
        for (int i = 0; i < magnitudes.length; i++) {
          magnitudes[i] = Math.abs(magnitudes[i]);
        }
        Arrays.sort(magnitudes);
        double q = magnitudes[(int) (share * (magnitudes.length - 1))];
        slopes.put(p.name(), 2 * q * steps.every / length);
      }
    }
    return slopes;
  }

  /** ε after a step, for a slope θ. */
  static double threshold(double theta, Steps steps, long i) {
    double first = theta * (Math.min(i, steps.ramp) - steps.start + 1);
    double second = i <= steps.ramp ? 0 : STEEPER * theta * (i - steps.ramp + 1);
    return (first + second) / steps.every;
  }

  @Override
  public void afterStep(Step done) {
    long i = done.number();
    if (i < steps.start || i > steps.end || i % steps.every != 0) {
      return;
    }
    Map<String, Mask> masks = new LinkedHashMap<>();
    slopes.forEach(
        (name, theta) -> {
          Parameter p = network.parameter(name);
          float[] w = p.dense().toArray();
          boolean[] keep = new boolean[w.length];
          double least = threshold(theta, steps, i);
          for (int position : p.structure().positions()) {
            keep[position] = Math.abs(w[position]) >= least;
          }
          masks.put(name, new Mask(p.shape(), keep));
        });
    Shrinking.to(network, Masks.of(masks));
  }
}
