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
   * would be.
   *
   * @param <L> the layouts that it is a key to; keys of one class make layouts of one class
   */
  interface Key<L extends Layout> {
    /** The layout, worked out. */
    L make(SparsePattern pattern);
  }
}
