package io.github.snip4j.core.backend;

/**
 * One implementation of all loops.
 *
 * @param description its name and what it runs on, for people
 * @param taps dense products and convolutions
 * @param sparse the same with most weights missing
 */
public record Kernels(String description, TapKernels taps, SparseKernels sparse) {
  /** Plain Java: the reference, and what runs where nothing faster can be had. */
  public static Kernels plain() {
    return new Kernels("plain Java", new PlainTaps(), new PlainSparse());
  }
}
