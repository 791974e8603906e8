module consumer {
  requires io.github.snip4j.snip;
  requires io.github.snip4j.datasets;
  requires io.github.snip4j.mnist;
}
