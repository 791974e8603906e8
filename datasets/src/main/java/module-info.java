/**
 * Pictures and tables with labels: reading, splitting, normalising, augmenting, batching ahead,
 * fetching.
 *
 * <p>Start at {@link io.github.snip4j.datasets.ExampleFiles}, which reads files as people have
 * them, or at a dataset such as {@link io.github.snip4j.datasets.Mnist}, whose files are in {@code
 * snip4j-mnist}. {@link io.github.snip4j.datasets.Splits} divides what was read by seed.
 */
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
