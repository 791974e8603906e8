package io.github.snip4j.bench.jmh;

/** A dense product C = op(A) op(B) in another library, with its matrices. */
interface PeerProduct extends AutoCloseable {
  /** Computes it. */
  void multiply();

  /** C, row-major. */
  float[] result();

  @Override
  void close();
}
