package io.github.snip4j.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.internal.blas.MatrixProduct;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initialisers that do not look at the layer's size, and the orthogonal one. */
class InitializersTest {
  private static final Shape SHAPE = Shape.of(60, 40, 5, 5);

  /** Mean, deviation, the share of draws nearer to 0 than {@code within}, and the largest one. */
  private static void check(Tensor w, double deviation, double within, double largest) {
    double sum = 0;
    double squares = 0;
    int near = 0;
    double max = 0;
    for (float value : w.toArray()) {
      sum += value;
      squares += (double) value * value;
      near += Math.abs(value) < within ? 1 : 0;
      max = Math.max(max, Math.abs(value));
    }
    int n = w.size();
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n)).isCloseTo(deviation, within(0.01 * deviation));
    assertThat((double) near / n).isCloseTo(0.6827, within(largest < 3 ? 0.04 : 0.01));
    assertThat(max).isBetween(largest < 3 ? 0.98 * largest : 1, largest);
  }

  @Test
  void normalHasItsDeviationWhateverTheShape() {
    check(new Normal(0.5).draw(SHAPE, new Seed(1)), 0.5, 0.5, Double.MAX_VALUE);
    check(new Normal(0.5).draw(Shape.of(60_000), new Seed(2)), 0.5, 0.5, Double.MAX_VALUE);
  }

  @Test
  void truncatedNormalIsCutAtTwoDeviations() {
    Tensor w = new TruncatedNormal(0.5).draw(SHAPE, new Seed(1));
    check(w, 0.5 * 0.8796, 0.5, 1);
  }

  @Test
  void aConstantIsEverywhere() {
    assertThat(Constant.ZEROS.draw(SHAPE, new Seed(1)).toArray()).containsOnly(0);
    assertThat(new Constant(0.25f).draw(SHAPE, new Seed(1)).toArray()).containsOnly(0.25f);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "7, 33, 1", "33, 7, 3", "64, 64, 1", "16, 3, 5"})
  void orthogonalRowsOrColumnsHaveTheGainAsLengthAndRightAngles(int out, int in, int kernel) {
    Shape shape = Shape.of(out, in, kernel, kernel);
    Tensor w =
        new Orthogonal(1.5).draw(shape, new Seed(1)).reshape(Shape.of(out, in * kernel * kernel));
    boolean wide = out <= in * kernel * kernel;
    Tensor products = MatrixProduct.matmul(w, !wide, w, wide);
    for (int i = 0; i < products.shape().dim(0); i++) {
      for (int j = 0; j < products.shape().dim(1); j++) {
        assertThat(products.get(i, j)).isCloseTo(i == j ? 2.25f : 0, within(1e-5f));
      }
    }
  }

  @Test
  void orthogonalMatricesFavourNoDirection() {
    int draws = 2_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      float w = new Orthogonal(1).draw(Shape.of(3, 3), new Seed(i)).get(2, 0);
      sum += w;
      squares += w * w;
    }
    assertThat(sum / draws).isCloseTo(0, within(4 / Math.sqrt(3.0 * draws)));
    assertThat(squares / draws).isCloseTo(1 / 3.0, within(0.03));
  }

  @Test
  void drawsDependOnTheSeedAlone() {
    Initializer[] all = {new Normal(1), new TruncatedNormal(1), new Orthogonal(1)};
    for (Initializer initializer : all) {
      float[] w = initializer.draw(SHAPE, new Seed(1)).toArray();
      assertThat(initializer.draw(SHAPE, new Seed(1)).toArray()).isEqualTo(w);
      assertThat(initializer.draw(SHAPE, new Seed(2)).toArray()).isNotEqualTo(w);
    }
  }

  @Test
  void constantsOutOfRangeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Normal(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new TruncatedNormal(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Orthogonal(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> new Constant(Float.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Orthogonal(1).draw(Shape.of(5), new Seed(1)))
        .withMessage("orthogonal: [5] is no matrix; expected [out, in, ...]");
  }
}
