package io.github.snip4j.nn.train;

/** Where the gradients of steps come from that are computed elsewhere, in parts. */
@FunctionalInterface
public interface GradientSource {
  /**
   * The sum over all parts of a step, added in the order of the parts; asked for step by step.
   *
   * @param step from 0 on
   * @param rate the learning rate that it is taken with
   * @return overwritten by the next
   */
  GradientSum at(long step, double rate);
}
