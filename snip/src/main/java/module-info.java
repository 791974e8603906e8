/** Connection sensitivity and other criteria, scores, masks, pruned networks, diagnoses. */
module io.github.snip4j.snip {
  requires transitive io.github.snip4j.nn;
  requires static org.jspecify;

  exports io.github.snip4j.snip;
  exports io.github.snip4j.snip.criterion;
  exports io.github.snip4j.snip.diagnosis;
  exports io.github.snip4j.snip.dynamic;
  exports io.github.snip4j.snip.retrain;
  exports io.github.snip4j.snip.unit;
}
