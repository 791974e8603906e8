/** Pictures with labels: reading, splitting, normalising, augmenting, batching ahead. */
module io.github.snip4j.datasets {
  requires transitive io.github.snip4j.core;
  requires java.desktop;
  requires org.joml;
  requires static org.jspecify;

  exports io.github.snip4j.datasets;
  exports io.github.snip4j.datasets.augment;
}
