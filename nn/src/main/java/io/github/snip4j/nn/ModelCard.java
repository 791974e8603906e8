package io.github.snip4j.nn;

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
