package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.testing.BothKernels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every elementwise kernel on the Vector API gives the bits of the plain one. */
class ElementKernelsTest {
  private static final int[] SIZES = {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 257, 2_100};
  private static final int[] EDGES = {0x7FC00000, 0x7F800000, 0xFF800000, 1, 0x80000001, 0};
  private static final float[] X = values(1);
  private static final float[] OTHER = values(2);

  /** A kernel of two arguments; those of one leave the second alone. */
  @FunctionalInterface
  interface Call {
    void run(int n, float[] a, int aAt, float[] b, int bAt, float[] y, int yAt);
  }

  private static float[] values(long seed) {
    float[] values = new float[2_200];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (8 * new Seed(seed).normal(i));
      if (i % 23 == seed) {
        values[i] = Float.intBitsToFloat(EDGES[i / 23 % EDGES.length]);
      } else if (i % 29 == seed) {
        values[i] *= 40;
      }
    }
    return values;
  }

  private static Call of(ElementKernels.Map map) {
    return (n, a, aAt, b, bAt, y, yAt) -> map.run(n, a, aAt, y, yAt);
  }

  private static Call of(ElementKernels.Gradient gradient) {
    return gradient::run;
  }

  static Set<String> names() {
    return calls(Kernels.plain()).keySet();
  }

  private static Map<String, Call> calls(Kernels kernels) {
    ElementKernels elements = kernels.elements();
    ArithmeticKernels arithmetic = kernels.arithmetic();
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put("exp", of(elements::exp));
    calls.put("log", of(elements::log));
    calls.put("tanh", of(elements::tanh));
    calls.put("tanh gradient", of(elements::tanhGradient));
    calls.put("sigmoid", of(elements::sigmoid));
    calls.put("sigmoid gradient", of(elements::sigmoidGradient));
    calls.put("softplus", of(elements::softplus));
    calls.put("softplus gradient", of(elements::softplusGradient));
    calls.put("gelu", of(elements::gelu));
    calls.put("gelu gradient", of(elements::geluGradient));
    calls.put("relu", of(elements::relu));
    calls.put("relu gradient", of(elements::reluGradient));
    calls.put(
        "leaky relu", (n, a, aAt, b, bAt, y, yAt) -> elements.leakyRelu(n, 0.01f, a, aAt, y, yAt));
    calls.put(
        "leaky relu gradient",
        (n, a, aAt, b, bAt, y, yAt) ->
            elements.leakyReluGradient(n, 0.01f, a, aAt, b, bAt, y, yAt));
    calls.put("add", arithmetic::add);
    calls.put("subtract", arithmetic::subtract);
    calls.put("multiply", arithmetic::multiply);
    calls.put("divide", arithmetic::divide);
    calls.put("max to", (n, a, aAt, b, bAt, y, yAt) -> arithmetic.maxTo(n, a, aAt, y, yAt));
    calls.put("scale", (n, a, aAt, b, bAt, y, yAt) -> arithmetic.scale(n, 0.3f, a, aAt, y, yAt));
    calls.put("add to", (n, a, aAt, b, bAt, y, yAt) -> arithmetic.addTo(n, 0.3f, a, aAt, y, yAt));
    calls.put(
        "normalize",
        (n, a, aAt, b, bAt, y, yAt) -> arithmetic.normalize(n, 1.1f, 0.3f, 2f, a, aAt, y, yAt));
    calls.put(
        "normalize gradient",
        (n, a, aAt, b, bAt, y, yAt) ->
            arithmetic.normalizeGradient(n, 0.3f, a, aAt, 1.1f, -2f, b, bAt, 0.7f, y, yAt));
    return calls;
  }

  private static float[] run(Kernels kernels, String name, int n) {
    float[] y = OTHER.clone(); // shows what is written beyond the run
    Objects.requireNonNull(calls(kernels).get(name)).run(n, X, 3, OTHER, 5, y, 7);
    return y;
  }

  @Test
  void theVectorKernelsGiveThePlainBits() {
    Kernels simd = BothKernels.orSkip("simd");
    for (String name : names()) {
      for (int n : SIZES) {
        float[] expected = run(Kernels.plain(), name, n);
        assertThat(run(simd, name, n)).as("%s, %d elements", name, n).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheSameBitsBeforeAndAfterCompilation(String name) {
    float[] expected = run(Kernels.plain(), name, 257);
    Kernels kernels = KernelChoice.chosen();
    for (int i = 0; i < 2_000; i++) {
      assertThat(run(kernels, name, 257)).isEqualTo(expected);
    }
  }

  @Test
  void someFunctionsMayWriteWhereTheyRead() {
    for (Kernels kernels : new Kernels[] {Kernels.plain(), KernelChoice.chosen()}) {
      ElementKernels elements = kernels.elements();
      for (ElementKernels.Map map :
          List.<ElementKernels.Map>of(elements::exp, elements::tanh, elements::sigmoid)) {
        float[] expected = X.clone();
        map.run(2_100, X, 3, expected, 3);
        float[] inPlace = X.clone();
        map.run(2_100, inPlace, 3, inPlace, 3);
        assertThat(inPlace).isEqualTo(expected);
      }
    }
  }

  @Test
  void sumsAreCloseHoweverLong() {
    for (Kernels kernels : new Kernels[] {Kernels.plain(), KernelChoice.chosen()}) {
      for (int n : new int[] {0, 1, 7, 8, 9, 15, 16, 17, 31, 33, 100, 257, 130_001}) {
        checkSums(kernels.reductions(), n);
      }
    }
  }

  private static void checkSums(ReductionKernels kernels, int n) {
    float[] x = new float[n + 5];
    float[] y = new float[n + 5];
    double sum = 0;
    double squares = 0;
    double dot = 0;
    double magnitude = 0;
    for (int i = 0; i < n; i++) {
      x[3 + i] = (float) (1 + new Seed(3).uniform(i));
      y[4 + i] = (float) (new Seed(4).uniform(i) - 0.5);
      double deviation = (double) x[3 + i] - 1.5f;
      sum += x[3 + i];
      squares += deviation * deviation;
      dot += deviation * y[4 + i];
      magnitude += Math.abs(deviation * y[4 + i]);
    }
    assertThat(Math.abs(kernels.sum(n, x, 3) - sum)).isLessThanOrEqualTo(1e-6 * sum);
    double[] sums = new double[2];
    kernels.deviations(n, 1.5f, x, 3, sums);
    assertThat(Math.abs(sums[0] - (sum - 1.5 * n))).isLessThanOrEqualTo(1e-6 * sum);
    assertThat(Math.abs(sums[1] - squares)).isLessThanOrEqualTo(1e-6 * squares);
    assertThat(Math.abs(kernels.dot(n, 1.5f, x, 3, y, 4) - dot))
        .isLessThanOrEqualTo(1e-6 * magnitude);
  }

  @Test
  void sumsHaveTheSameBitsBeforeAndAfterCompilation() {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    float[] x = new float[1_003];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) new Seed(5).normal(i);
    }
    double[] first = sums(kernels, x);
    for (int i = 0; i < 2_000; i++) {
      assertThat(sums(kernels, x)).isEqualTo(first);
    }
  }

  private static double[] sums(ReductionKernels kernels, float[] x) {
    int n = x.length - 1;
    double[] deviations = new double[2];
    kernels.deviations(n, 0.1f, x, 1, deviations);
    return new double[] {
      kernels.sum(n, x, 1), deviations[0], deviations[1], kernels.dot(n, 0, x, 1, x, 0)
    };
  }
}
