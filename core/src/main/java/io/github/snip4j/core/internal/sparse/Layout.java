package io.github.snip4j.core.internal.sparse;

/**
 * What a kernel works out once for a {@link SparsePattern} and inputs of one kind, such as where in
 * an input each weight's row begins. Immutable, and kept with the pattern: {@link
 * SparsePattern#layout}.
 */
public interface Layout {
  /** How much memory it takes. */
  long bytes();

  /**
   * What a layout depends on beside the pattern: a record, which is equal to another if the layouts
   * would be. It says itself what is equal, down to its components: the comparison that JDK 17
   * makes for records holds on to the class that was compared last, and so to its class loader.
   *
   * @param <L> the layouts that it is a key to; keys of one class make layouts of one class
   */
  interface Key<L extends Layout> {
    /** The layout, worked out. */
    L make(SparsePattern pattern);
  }
}
