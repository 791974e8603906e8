package io.github.snip4j.bench.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** By PyTorch, through DJL. */
final class PyTorchProduct implements PeerProduct {
  private final NDManager manager = PyTorch.start();
  private final NDArray a;
  private final NDArray b;
  private NDArray c;

  /** Copies A and B. */
  PyTorchProduct(ProductShape s, float[] a, float[] b) {
    this.a =
        s.transposeA()
            ? manager.create(a, new Shape(s.k(), s.m())).transpose()
            : manager.create(a, new Shape(s.m(), s.k()));
    this.b =
        s.transposeB()
            ? manager.create(b, new Shape(s.n(), s.k())).transpose()
            : manager.create(b, new Shape(s.k(), s.n()));
    this.c = this.a.matMul(this.b);
  }

  @Override
  public void multiply() {
    c.close();
    c = a.matMul(b);
  }

  @Override
  public float[] result() {
    return c.toFloatArray();
  }

  @Override
  public void close() {
    manager.close();
  }
}
