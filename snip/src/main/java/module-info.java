/**
 * Connection sensitivity and other criteria, scores, masks, pruned networks, diagnoses.
 *
 * <p>Start at the package {@link io.github.snip4j.snip}, which goes through the paper line by line.
 * {@link io.github.snip4j.snip.Pruner} with a {@link io.github.snip4j.snip.Criterion} chooses what
 * is kept, {@link io.github.snip4j.snip.Sparsifier} makes the network that has nothing else.
 */
module io.github.snip4j.snip {
  requires transitive io.github.snip4j.nn;
  requires static org.jspecify;

  exports io.github.snip4j.snip;
  exports io.github.snip4j.snip.criterion;
  exports io.github.snip4j.snip.diagnosis;
  exports io.github.snip4j.snip.dynamic;
  exports io.github.snip4j.snip.retrain;
  exports io.github.snip4j.snip.rival;
  exports io.github.snip4j.snip.unit;
}
