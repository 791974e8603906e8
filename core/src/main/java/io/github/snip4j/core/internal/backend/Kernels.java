package io.github.snip4j.core.internal.backend;

/**
 * One implementation of all loops.
 *
 * @param description its name and what it runs on, for people
 * @param taps dense products and convolutions
 * @param sparse the same with most weights missing
 * @param arithmetic sums, products and maxima of runs
 * @param elements functions of each element
 * @param reductions sums over a run
 * @param lstm a step of long short-term memory
 * @param pools the largest element of each window, and its gradient
 */
public record Kernels(
    String description,
    IndirectGemmKernels taps,
    SparseKernels sparse,
    ArithmeticKernels arithmetic,
    ElementKernels elements,
    ReductionKernels reductions,
    LstmKernels lstm,
    PoolKernels pools) {
  /** Plain Java: the reference, and what runs where nothing faster can be had. */
  public static Kernels plain() {
    return new Kernels(
        "plain Java",
        new PlainIndirectGemm(),
        new PlainSparse(),
        new PlainArithmetic(),
        new PlainElements(),
        new PlainReductions(),
        new PlainLstm(),
        new PlainPools());
  }
}
