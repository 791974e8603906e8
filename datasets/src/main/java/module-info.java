/** Pictures with labels: reading, splitting, normalising, augmenting, batching ahead, fetching. */
module io.github.snip4j.datasets {
  requires transitive io.github.snip4j.core;
  requires java.desktop;
  requires java.net.http;
  // Only fetching unpacks archives; a program that does not can do without.
  requires static org.apache.commons.compress;
  requires transitive org.joml; // of which augmentations are made
  requires static org.jspecify;

  exports io.github.snip4j.datasets;
  exports io.github.snip4j.datasets.augment;
  exports io.github.snip4j.datasets.fetch;
}
