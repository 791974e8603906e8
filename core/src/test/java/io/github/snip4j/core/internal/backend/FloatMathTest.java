package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FloatMathTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @FunctionalInterface
  interface FloatFunction {
    float of(float x);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        function("exp", FloatMath::exp, Math::exp),
        function("log", FloatMath::log, Math::log),
        function("tanh", FloatMath::tanh, Math::tanh),
        function("sigmoid", FloatMath::sigmoid, FloatMathTest::sigmoid),
        function("softplus", FloatMath::softplus, FloatMathTest::softplus));
  }

  private static Arguments function(String name, FloatFunction own, DoubleUnaryOperator exact) {
    return Arguments.of(name, own, exact);
  }

  private static double sigmoid(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void isCloseOverTheWholeRange(String name, FloatFunction own, DoubleUnaryOperator exact) {
    for (long bits = 0; bits < 1L << 32; bits += 20_011) { // of every kind, NaN and infinities too
      float x = Float.intBitsToFloat((int) bits);
      double expected = exact.applyAsDouble(x);
      float actual = own.of(x);
      if (Float.isNaN((float) expected) || Float.isInfinite((float) expected)) {
        assertThat(Float.compare(actual, (float) expected)).as("%s(%s)", name, x).isZero();
      } else {
        double tolerance = Math.max(3e-7 * Math.abs(expected), 1.5 * Float.MIN_VALUE);
        assertThat(Math.abs(actual - expected)).as("%s(%s)", name, x).isLessThan(tolerance);
      }
    }
  }

  @Test
  void theEndsOfTheRangeAreRight() {
    assertThat(FloatMath.exp(-200)).isZero();
    assertThat(FloatMath.exp(100)).isEqualTo(INFINITY);
    assertThat(FloatMath.exp(-INFINITY)).isZero();
    assertThat(FloatMath.exp(0)).isEqualTo(1f);
    assertThat(FloatMath.log(0)).isEqualTo(-INFINITY);
    assertThat(FloatMath.log(1)).isZero();
    assertThat(FloatMath.log(-1)).isNaN();
    assertThat(FloatMath.tanh(50)).isEqualTo(1f);
    assertThat(FloatMath.tanh(-INFINITY)).isEqualTo(-1f);
    assertThat(FloatMath.tanh(-0f)).isEqualTo(-0f);
    assertThat(FloatMath.sigmoid(-1000)).isZero();
    assertThat(FloatMath.sigmoid(1000)).isEqualTo(1f);
    assertThat(FloatMath.softplus(-1000)).isZero();
    assertThat(FloatMath.softplus(1000)).isEqualTo(1000f);
    assertThat(FloatMath.gelu(Float.NaN)).isNaN();
    assertThat(FloatMath.geluSlope(Float.NaN)).isNaN();
  }

  @Test
  void geluIsCloseToTheDistributionItIsMadeOf() {
    for (float x = -6; x <= 6; x += 1f / 128) {
      double phi = normalDistribution(x);
      double density = Math.exp(-(double) x * x / 2) / Math.sqrt(2 * Math.PI);
      assertThat(Math.abs(FloatMath.gelu(x) - x * phi)).isLessThan(3e-7 * Math.abs(x) + 1e-12);
      assertThat(Math.abs(FloatMath.geluSlope(x) - (phi + x * density))).isLessThan(3e-7);
    }
    assertThat(FloatMath.gelu(30)).isEqualTo(30f);
    assertThat(FloatMath.gelu(-30)).isZero();
  }

  /** By its Taylor series, which is good to about 1e-9 here. */
  private static double normalDistribution(double x) {
    double term = x;
    double sum = x;
    for (int k = 1; k < 200; k++) {
      term *= -x * x / (2 * k);
      sum += term / (2 * k + 1);
    }
    return 0.5 + sum / Math.sqrt(2 * Math.PI);
  }
}
