package io.github.snip4j.datasets.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.random.Seed;
import java.util.Arrays;
import java.util.function.Predicate;
import org.joml.Matrix3x2f;
import org.joml.Vector2f;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int C = 2;
  private static final int H = 7;
  private static final int W = 5;
  private static final int SIZE = C * H * W;

  private final float[] table = new float[C * 256];
  private final byte[] pixels = new byte[3 + SIZE]; // the picture begins at 3
  private final Resampler resampler;

  AugmentationTest() {
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) new Seed(1).normal(i);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) new Seed(2).below(i, 256);
    }
    resampler = new Resampler(C, H, W, table);
  }

  @Test
  void mirroringAndMovingByWholePixelsCopiesExactly() {
    for (int sign = -1; sign <= 1; sign += 2) {
      for (int dx = -6; dx <= 6; dx++) { // farther than the picture is wide
        for (int dy = -8; dy <= 8; dy++) {
          float[] drawn = draw(new Matrix3x2f().scaleLocal(sign, 1).translateLocal(dx, dy));
          for (int p = 0; p < SIZE; p++) {
            int c = p / (H * W);
            int y = p / W % H - dy;
            int moved = p % W - dx;
            int x = sign > 0 ? moved : W - 1 - moved;
            assertThat(drawn[p]).isEqualTo(value(c, y, x));
          }
        }
      }
    }
  }

  @Test
  void turningUpsideDownCopiesExactlyToo() {
    float[] drawn = draw(new Matrix3x2f().scaleLocal(1, -1).translateLocal(0, 2));
    for (int p = 0; p < SIZE; p++) {
      assertThat(drawn[p]).isEqualTo(value(p / (H * W), H - 1 - (p / W % H - 2), p % W));
    }
  }

  @Test
  void otherTransformsMixTheFourNearestPixels() {
    for (int i = 0; i < 50; i++) {
      Matrix3x2f transform = new Matrix3x2f();
      Augmentations.affine().follow(transform, new Seed(i));
      Matrix3x2f back = new Matrix3x2f(transform).invert();
      float[] drawn = draw(transform);
      for (int p = 0; p < SIZE; p++) {
        Vector2f from = back.transformPosition(new Vector2f(p % W - 2f, p / W % H - 3f)).add(2, 3);
        double expected = 0;
        for (int y = -1; y <= H; y++) {
          for (int x = -1; x <= W; x++) {
            double near =
                Math.max(0, 1 - Math.abs(from.x - x)) * Math.max(0, 1 - Math.abs(from.y - y));
            expected += near * value(p / (H * W), y, x);
          }
        }
        assertThat((double) drawn[p]).isCloseTo(expected, within(2e-5));
      }
    }
  }

  @Test
  void thePapersRecipeMirrorsHalfAndMovesByUpToFourPixels() {
    assertThat(share(Augmentations.paper(), t -> t.m00 < 0)).isCloseTo(0.5, within(0.01));
    assertThat(share(Augmentations.paper(), t -> t.m20 == -4)).isCloseTo(1 / 9.0, within(0.01));
    assertThat(share(Augmentations.paper(), t -> t.m21 == 4)).isCloseTo(1 / 9.0, within(0.01));
    assertThat(share(Augmentations.paper(), t -> t.m20 == 4 && t.m21 == -4))
        .isCloseTo(1 / 81.0, within(0.005));
    assertThat(share(Augmentations.paper(), t -> Math.abs(t.m20) > 4 || t.m20 % 1 != 0)).isZero();
  }

  @Test
  void theAuthorsCodeMirrorsAQuarterAndMovesAHalf() {
    assertThat(share(Augmentations.authorsCode(), t -> t.m00 < 0)).isCloseTo(0.25, within(0.01));
    assertThat(share(Augmentations.authorsCode(), t -> t.m20 != 0 || t.m21 != 0))
        .isCloseTo(0.5 * 80 / 81, within(0.01));
    assertThat(share(Augmentations.authorsCode(), t -> t.m00 > 0 && t.m20 == 0 && t.m21 == 0))
        .isGreaterThan(1 / 3.0);
  }

  @Test
  void partsFollowEachOtherWithDrawsOfTheirOwn() {
    Augmentation twice = Augmentations.flip(0.5).then(Augmentations.flip(0.5));
    assertThat(share(twice, t -> t.m00 < 0)).isCloseTo(0.5, within(0.01)); // one alone
    Augmentation moveThenMirror = Augmentations.translate(3).then(Augmentations.flip(1));
    Matrix3x2f transform = new Matrix3x2f();
    moveThenMirror.follow(transform, new Seed(9));
    Matrix3x2f moved = new Matrix3x2f();
    Augmentations.translate(3).follow(moved, new Seed(9).child("first"));
    assertThat(transform.m20).isEqualTo(-moved.m20);
    assertThat(transform.m21).isEqualTo(moved.m21);
  }

  @Test
  void rotationScaleAndShearStayWithinTheirBounds() {
    double tenDegrees = Math.toRadians(10);
    Augmentation rotate = Augmentations.rotate(10);
    assertThat(share(rotate, t -> Math.abs(Math.atan2(t.m01, t.m00)) <= tenDegrees + 1e-6)).isOne();
    assertThat(share(rotate, t -> Math.atan2(t.m01, t.m00) > tenDegrees / 2))
        .isCloseTo(0.25, within(0.01));
    Augmentation scale = Augmentations.scale(0.5, 2);
    assertThat(share(scale, t -> t.m00 == t.m11 && t.m00 >= 0.5 && t.m00 <= 2)).isOne();
    Augmentation shear = Augmentations.shear(10);
    assertThat(share(shear, t -> t.m01 == 0 && Math.abs(Math.atan(t.m10)) <= tenDegrees + 1e-6))
        .isOne();
  }

  private static double share(Augmentation augmentation, Predicate<Matrix3x2f> holds) {
    int count = 0;
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      Matrix3x2f transform = new Matrix3x2f();
      augmentation.follow(transform, new Seed(5).child(i));
      count += holds.test(transform) ? 1 : 0;
    }
    return (double) count / draws;
  }

  private float[] draw(Matrix3x2f transform) {
    float[] to = new float[2 + SIZE];
    Arrays.fill(to, Float.NaN);
    resampler.write(pixels, 3, transform, to, 2);
    return Arrays.copyOfRange(to, 2, 2 + SIZE);
  }

  private float value(int c, int y, int x) {
    return y < 0 || x < 0 || y >= H || x >= W
        ? 0
        : table[c * 256 + (pixels[3 + (c * H + y) * W + x] & 0xff)];
  }
}
