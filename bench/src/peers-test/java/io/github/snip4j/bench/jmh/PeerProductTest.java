package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.sparse.Matrix;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What products are compared by time are the same products. */
class PeerProductTest {
  @ParameterizedTest
  @CsvSource({
    "OpenBLAS, 30x7x50",
    "OpenBLAS, 30x50x7-nt",
    "OpenBLAS, 50x7x30-tn",
    "MKL, 30x7x50",
    "MKL, 30x50x7-nt",
    "MKL, 50x7x30-tn",
    "PyTorch, 30x7x50",
    "PyTorch, 30x50x7-nt",
    "PyTorch, 50x7x30-tn",
    "onnxruntime, 30x7x50"
  })
  void aDenseProductIsOurs(String library, String text) {
    ProductShape s = ProductShape.of(text);
    float[] a = MadeUp.uniform("a", s.m() * s.k());
    float[] b = MadeUp.uniform("b", s.k() * s.n());
    float[] expected = new float[s.m() * s.n()];
    GemmChoice.byName("scalar")
        .multiply(
            s.transposeA(), s.transposeB(), s.m(), s.n(), s.k(), a, 0, b, 0, expected, 0, false);
    try (PeerProduct product = PeerGemmBenchmark.product(library, s, a, b)) {
      product.multiply();
      assertThat(product.result()).containsExactly(expected, within(1e-4f));
    }
  }

  @Test
  void aSparseProductIsOurs() {
    Tensor w = MadeUp.uniform("w", Shape.of(30, 50));
    SparsePattern pattern = MadeUp.pattern(w.shape(), 0.2);
    Tensor x = MadeUp.uniform("x", Shape.of(50, 7));
    Tensor kept = pattern.gather(w);
    try (MklSparseProduct product = new MklSparseProduct(pattern, kept.toArray(), x.toArray(), 7)) {
      product.multiply();
      float[] expected = Matrix.of(pattern, kept).multiply(x, null).toArray();
      assertThat(product.result()).containsExactly(expected, within(1e-4f));
    }
  }
}
