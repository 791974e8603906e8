/** Variables, the graph, one rule per operation, the gradient check. */
module io.github.snip4j.autograd {
  requires transitive io.github.snip4j.core;
  requires static org.jspecify;

  exports io.github.snip4j.autograd;
  exports io.github.snip4j.autograd.op;
}
