package io.github.snip4j.core.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class GemmTest {
  static final List<String> NAMES = GemmChoice.NAMES;
  private static final int[] SIZES = {1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 257};

  @ParameterizedTest
  @FieldSource("NAMES")
  void agreesWithTheDefinitionOnOddSizes(String name) {
    Gemm gemm = orSkip(name);
    int product = 0;
    for (int m : SIZES) {
      for (int n : SIZES) {
        int k = SIZES[product % SIZES.length];
        check(gemm, product % 2 == 1, product / 2 % 2 == 1, m, n, k, product % 3 == 0);
        product++;
      }
    }
    check(gemm, false, true, 65, 1050, 300, true); // more than one block in each direction
    check(gemm, true, false, 3, 2100, 513, false);
    check(gemm, false, false, 76, 100, 1100, true); // the same for a batch
    check(gemm, true, false, 77, 112, 1025, false);
    check(gemm, false, true, 77, 48, 700, true);
    check(gemm, true, true, 40, 20, 257, true);
  }

  @Test
  void fewRowsHaveTheBitsThatTheyHaveAmongMany() {
    Gemm gemm = orSkip("simd");
    int k = 300;
    float[] a = normal(1, 40 * k);
    for (int n : SIZES) {
      float[] b = normal(2, k * n);
      float[] many = new float[40 * n];
      gemm.multiply(false, false, 40, n, k, a, 0, b, 0, many, 0, false);
      float[] few = new float[32 * n];
      gemm.multiply(false, false, 32, n, k, a, 0, b, 0, few, 0, false);
      assertThat(few).isEqualTo(Arrays.copyOf(many, few.length));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fewColumnsHaveTheBitsThatTheyHaveAmongManyOnAnyNumberOfThreads(boolean transposed) {
    Gemm gemm = orSkip("simd");
    int m = 41;
    int k = 600;
    int most = 600;
    float[] a = normal(1, m * k);
    float[] b = normal(2, k * most);
    float[] many = new float[m * most];
    gemm.multiply(transposed, false, m, most, k, a, 0, b, 0, many, 0, false);
    float[] twice = many.clone();
    gemm.multiply(transposed, false, m, most, k, a, 0, b, 0, twice, 0, true);
    for (int n :
        new int[] {2, 15, 16, 17, 31, 32, 33, 48, 49, 50, 100, 112, 113, 128, 500, 512, 513}) {
      float[] left = columns(b, k, most, n);
      float[] flipped = flipped(left, k, n);
      for (int threads = 1; threads <= 3; threads++) {
        float[] few = new float[m * n];
        Arrays.fill(few, Float.NaN); // what is not to be read
        float[] added = columns(many, m, most, n);
        Parallel.withOwnThreads(
            threads,
            () -> {
              gemm.multiply(transposed, false, m, n, k, a, 0, left, 0, few, 0, false);
              gemm.multiply(transposed, true, m, n, k, a, 0, flipped, 0, added, 0, true);
              return few;
            });
        assertThat(few).as("%d columns", n).isEqualTo(columns(many, m, most, n));
        assertThat(added).as("%d columns", n).isEqualTo(columns(twice, m, most, n));
      }
    }
  }

  private static float[] flipped(float[] matrix, int rows, int columns) {
    float[] other = new float[matrix.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        other[c * rows + r] = matrix[r * columns + c];
      }
    }
    return other;
  }

  private static float[] columns(float[] matrix, int rows, int width, int columns) {
    float[] part = new float[rows * columns];
    for (int r = 0; r < rows; r++) {
      System.arraycopy(matrix, r * width, part, r * columns, columns);
    }
    return part;
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void threadsRacingOnOneBackendGetRightResults(String name)
      throws InterruptedException, ExecutionException {
    Gemm gemm = orSkip(name);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> products = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        int odd = i;
        products.add(
            threads.submit(
                () -> check(gemm, odd % 2 == 0, odd % 3 == 0, 10 + odd % 30, 33, 40, false)));
      }
      for (Future<?> product : products) {
        product.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void givesTheSameBitsAgain(String name) {
    Gemm gemm = orSkip(name);
    float[] a = normal(1, 90 * 300);
    float[] b = normal(2, 300 * 110);
    float[] first = new float[90 * 110];
    gemm.multiply(false, false, 90, 110, 300, a, 0, b, 0, first, 0, false);
    for (int i = 0; i < 200; i++) { // before and after compilation
      float[] again = new float[90 * 110];
      gemm.multiply(false, false, 90, 110, 300, a, 0, b, 0, again, 0, false);
      assertThat(again).isEqualTo(first);
    }
  }

  @Test
  void matmulMatchesPyTorch() {
    Golden golden = Golden.of("matmul");
    Tensor y = MatrixProduct.matmul(golden.tensor("a"), golden.tensor("b"));
    Golden.assertClose(y, golden.tensor("y"), 1e-5);
  }

  @Test
  void emptyProductsAreZeros() {
    Tensor empty = Tensor.zeros(Shape.of(3, 0));
    assertThat(MatrixProduct.matmul(empty, false, empty, true).toArray()).containsOnly(0f);
    assertThat(MatrixProduct.matmul(empty, true, empty, false).shape()).isEqualTo(Shape.of(0, 0));
  }

  @Test
  void wrongShapesAreNamed() {
    Tensor a = Tensor.zeros(Shape.of(32, 784));
    Tensor b = Tensor.zeros(Shape.of(128, 784));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixProduct.matmul(a, b))
        .withMessage("matmul: [32, 784] x [128, 784]: inner dimensions 784 and 128 differ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixProduct.matmul(a, false, b, true).reshape(Shape.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixProduct.matmul(a, Tensor.scalar(1)))
        .withMessageContaining("both must have two axes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MatrixProduct.addMatmul(a, false, b, true, b))
        .withMessage("matmul: the product has shape [32, 128], its target [128, 784]");
  }

  @Test
  void anUnknownNameIsToldWhichThereAre() {
    assertThatIllegalStateException()
        .isThrownBy(() -> GemmChoice.byName("mkl"))
        .withMessage("snip4j.gemm=mkl: there is auto, simd, jblas, scalar");
  }

  @Test
  void theFastOneIsChosenWhereTheVectorModuleIs() {
    String chosen = GemmChoice.chosen().name();
    if (System.getProperty("snip4j.test.lanes", "").equals("4")) { // too few to be worth it
      assertThat(chosen).isIn("jblas", "scalar");
      assertThat(GemmChoice.passedOver())
          .contains("this processor's vectors hold 4 floats, fewer than 8");
    } else if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      assertThat(chosen).isEqualTo("simd");
    } else {
      assertThat(GemmChoice.chosen().name()).isIn("jblas", "scalar");
      assertThat(GemmChoice.passedOver()).contains("--add-modules jdk.incubator.vector");
    }
  }

  private static Gemm orSkip(String name) {
    try {
      return GemmChoice.byName(name);
    } catch (IllegalStateException e) {
      return Assumptions.abort(e.getMessage());
    }
  }

  /** Compares with sums in double; operands lie somewhere inside larger arrays. */
  private static void check(
      Gemm gemm, boolean transposeA, boolean transposeB, int m, int n, int k, boolean accumulate) {
    int at = 5;
    float[] a = normal(m, at + m * k + 3);
    float[] b = normal(n, at + k * n + 3);
    float[] c = normal(k, at + m * n + 3);
    float[] expected = c.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = accumulate ? c[at + i * n + j] : 0;
        for (int p = 0; p < k; p++) {
          double x = a[at + (transposeA ? p * m + i : i * k + p)];
          sum += x * b[at + (transposeB ? j * k + p : p * n + j)];
        }
        expected[at + i * n + j] = (float) sum;
      }
    }
    gemm.multiply(transposeA, transposeB, m, n, k, a, at, b, at, c, at, accumulate);
    double tolerance = 4e-7 * (k + 4);
    for (int i = 0; i < c.length; i++) {
      if (!(Math.abs(c[i] - expected[i]) <= tolerance)) {
        throw new AssertionError(
            ("element " + i + " of " + m + " x " + n + " x " + k + " is " + c[i])
                + (", not " + expected[i]));
      }
    }
  }

  private static float[] normal(long seed, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (2 * new Seed(seed).uniform(i) - 1);
    }
    return values;
  }
}
