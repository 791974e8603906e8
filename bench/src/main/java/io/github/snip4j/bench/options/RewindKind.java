package io.github.snip4j.bench.options;

/** What is set back before a pruned network is retrained. */
public enum RewindKind {
  /** Nothing: fine-tuning. */
  NONE,
  /** Weights and learning rate, to what they were at a step of the training before. */
  WEIGHTS,
  /** The learning rate alone. */
  RATE
}
