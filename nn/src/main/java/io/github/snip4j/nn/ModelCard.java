package io.github.snip4j.nn;

import io.github.snip4j.core.data.Standardization;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network's file says beside the network, so that it can be used: what its classes are
 * called, how inputs were normalised, and what it was made with.
 *
 * @param classes names, one per logit; empty if they are not known
 * @param mean taken from each channel (or feature) of an input; empty if nothing was
 * @param deviation by which each is divided then; as many as means
 * @param made for people: as the seed, the sparsity, the data
 */
public record ModelCard(
    List<String> classes, List<Float> mean, List<Float> deviation, Map<String, String> made) {
  /** Nothing is known. */
  public static final ModelCard NONE = new ModelCard(List.of(), List.of(), List.of(), Map.of());

  /** Nothing is known but how inputs were standardised. */
  public static ModelCard of(Standardization inputs) {
    return new ModelCard(List.of(), inputs.mean(), inputs.deviation(), Map.of());
  }

  /**
   * How inputs were standardised, so that new ones can be.
   *
   * @throws IllegalStateException if it is not known
   */
  public Standardization standardization() {
    if (mean.isEmpty()) {
      throw new IllegalStateException("model card: it is not known how inputs were standardised");
    }
    return new Standardization(mean, deviation);
  }

  /** Copies what it is given, and checks it. */
  public ModelCard {
    classes = List.copyOf(classes);
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    if (mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "model card: " + mean.size() + " means and " + deviation.size() + " deviations");
    }
    for (float d : deviation) {
      if (!(d > 0 && Float.isFinite(d))) {
        throw new IllegalArgumentException("model card: deviation " + d + " is not positive");
      }
    }
  }
}
