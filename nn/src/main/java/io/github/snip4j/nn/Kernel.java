package io.github.snip4j.nn;

/** What a layer computes with where some of its weights are pruned. */
public enum Kernel {
  /** With all of them, those that are pruned being 0. */
  DENSE,
  /** With the kept ones alone. */
  SPARSE
}
