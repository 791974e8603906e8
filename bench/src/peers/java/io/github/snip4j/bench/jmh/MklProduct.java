package io.github.snip4j.bench.jmh;

import static org.bytedeco.mkl.global.mkl_rt.CblasNoTrans;
import static org.bytedeco.mkl.global.mkl_rt.CblasRowMajor;
import static org.bytedeco.mkl.global.mkl_rt.CblasTrans;
import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.cblas_sgemm;

import io.github.snip4j.core.internal.parallel.Parallel;
import org.bytedeco.javacpp.FloatPointer;

/** By Intel's MKL, through bytedeco, on matrices outside of the heap, so that nothing is copied. */
final class MklProduct implements PeerProduct {
  private final ProductShape s;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  /** Copies A and B. */
  MklProduct(ProductShape shape, float[] a, float[] b) {
    MKL_Set_Num_Threads(Parallel.threads());
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
