package io.github.snip4j.bench.options;

/** What is written of a network that was pruned, and under which names. */
public enum WeightNames {
  /** {@code score.NAME}, {@code mask.NAME} and, of snip and its kin, {@code sensitivity.NAME}. */
  SCORES,
  /** Weights as {@code NAME}, 0 where they are pruned, and {@code NAME_mask}. */
  MASK,
  /** {@code NAME_orig}, as it was, and {@code NAME_mask}: those of torch.nn.utils.prune. */
  ORIG,
  /** {@code NAME.crow_indices}, {@code NAME.col_indices}, {@code NAME.values} of each weight. */
  CSR
}
