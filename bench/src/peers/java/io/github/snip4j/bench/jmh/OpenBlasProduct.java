package io.github.snip4j.bench.jmh;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.snip4j.core.internal.parallel.Parallel;
import org.bytedeco.javacpp.FloatPointer;

/** By bytedeco's OpenBLAS, on matrices outside of the heap, so that nothing is copied. */
final class OpenBlasProduct implements PeerProduct {
  private final ProductShape s;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  /** Copies A and B. */
  OpenBlasProduct(ProductShape shape, float[] a, float[] b) {
    blas_set_num_threads(Parallel.threads());
    this.s = shape;
    this.a = new FloatPointer(a);
    this.b = new FloatPointer(b);
    this.c = new FloatPointer(new float[s.m() * s.n()]);
  }

  @Override
  public void multiply() {
    cblas_sgemm(
        CblasRowMajor,
        s.transposeA() ? CblasTrans : CblasNoTrans,
        s.transposeB() ? CblasTrans : CblasNoTrans,
        s.m(),
        s.n(),
        s.k(),
        1f,
        a,
        s.transposeA() ? s.m() : s.k(),
        b,
        s.transposeB() ? s.k() : s.n(),
        0f,
        c,
        s.n());
  }

  @Override
  public float[] result() {
    float[] values = new float[s.m() * s.n()];
    c.get(values);
    return values;
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
