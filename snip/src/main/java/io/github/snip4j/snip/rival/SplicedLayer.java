package io.github.snip4j.snip.rival;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * T of one layer in dynamic network surgery: which of its weights and biases are on, 1 or 0 for
 * each, all on at first.
 */
final class SplicedLayer {
  private final List<Parameter> parameters;
  private final Surgery surgery;
  private final float off; // a: on -> off where |w| is not above
  private final float on; // b: off -> on where |w| is above
  private final Map<Parameter, Tensor> t = new LinkedHashMap<>();

  /**
   * Takes the thresholds from what the weights and biases are now: a = 0.9 max(μ + c σ, 0) and b =
   * 1.1 max(μ + c σ, 0), with μ and σ the mean and the standard deviation of |w| over those of them
   * that are not 0.
   */
  SplicedLayer(List<Parameter> parameters, Surgery surgery) {
    this.parameters = parameters;
    this.surgery = surgery;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (Parameter p : parameters) {
      t.put(p, Tensor.full(p.shape(), 1f));
      for (float w : p.value().toArray()) {
        sum += Math.abs(w);
        squares += (double) w * w;
        count += w == 0 ? 0 : 1;
      }
    }
    double mean = sum / Math.max(1, count);
    double sigma = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
    double threshold = Math.max(mean + surgery.c() * sigma, 0);
    off = (float) (0.9 * threshold);
    on = (float) (1.1 * threshold);
  }

  /** a, below which a weight is taken off. */
  float off() {
    return off;
  }

  /** b, above which a weight is put on again. */
  float on() {
    return on;
  }

  /** T of a parameter, in its shape. */
  Tensor of(Parameter p) {
    return Objects.requireNonNull(t.get(p));
  }

  /** Revises T with the probability that belongs to the step, from 0 on. */
  void maybeRevise(long step, Seed seed) {
    if (seed.child(parameters.get(0).layer()).uniform(step) < surgery.probability(step)) {
      parameters.forEach(this::revise);
    }
  }

  private void revise(Parameter p) {
    float[] w = p.value().data();
    int from = p.value().offset();
    Tensor mask = of(p);
    for (int i = 0; i < mask.size(); i++) {
      float magnitude = Math.abs(w[from + i]);
      if (magnitude <= off) {
        mask.put(i, 0f);
      } else if (magnitude > on) {
        mask.put(i, 1f);
      }
    }
  }

  /** How many are on. */
  int count() {
    return parameters.stream().mapToInt(p -> mask(p).kept()).sum();
  }

  /** T as masks, by parameter name. */
  Map<String, Mask> masks() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    parameters.forEach(p -> masks.put(p.name(), mask(p)));
    return masks;
  }

  private Mask mask(Parameter p) {
    Tensor values = of(p);
    boolean[] keep = new boolean[values.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = values.at(i) != 0;
    }
    return new Mask(p.shape(), keep);
  }
}
