/**
 * Variables, the graph, one rule per operation, the gradient check.
 *
 * <p>Start at {@link io.github.snip4j.autograd.Variable}: operations of {@link
 * io.github.snip4j.autograd.op} make variables from variables, and {@code backward()} of a number
 * returns its gradients. {@link io.github.snip4j.autograd.GradCheck} compares those of an operation
 * of your own with differences.
 */
module io.github.snip4j.autograd {
  requires transitive io.github.snip4j.core;
  requires static org.jspecify;

  exports io.github.snip4j.autograd;
  exports io.github.snip4j.autograd.op;
}
