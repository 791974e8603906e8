package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.FloatMath;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Standard normal numbers in float, for noise that is drawn anew in each step: both coordinates of
 * Box and Muller's transform are used, and its functions are polynomials. Elements 2 i and 2 i + 1
 * are r cos φ and r sin φ, with r = √(-2 ln(1 - u<sub>2i</sub>)) and φ = 2 π u<sub>2i+1</sub> of
 * the seed's uniform draws; so element 2 i is the seed's normal draw i, to within 1e-5.
 */
public final class NormalNoise {
  private static final int GRAIN = 1 << 11; // pairs a thread takes at a time

  // sin(π/2 f) and cos(π/2 f) for |f| <= 1/2: Taylor's series, to within 4e-8
  private static final float S1 = (float) (Math.PI / 2);
  private static final float S3 = -0.6459641f;
  private static final float S5 = 0.079692625f;
  private static final float S7 = -0.004681754f;
  private static final float S9 = 0.00016044118f;
  private static final float C2 = -1.2337005f;
  private static final float C4 = 0.2536695f;
  private static final float C6 = -0.02086348f;
  private static final float C8 = 0.00091926026f;

  private NormalNoise() {}

  /** A new tensor, a pure function of its arguments. */
  public static Tensor of(Shape shape, Seed seed) {
    Tensor noise = Tensor.uninitialized(shape);
    float[] z = noise.data();
    int at = noise.offset();
    int size = shape.size();
    Parallel.forRange(
        (size + 1) / 2,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            float u = (float) (1 - seed.uniform(2L * i)); // in (0, 1]
            float r = (float) Math.sqrt(-2f * FloatMath.log(u));
            float quarters = (float) (4 * seed.uniform(2L * i + 1));
            int quadrant = (int) (quarters + 0.5f);
            float f = quarters - quadrant;
            float sin = sine(f);
            float cos = cosine(f);
            boolean swapped = (quadrant & 1) == 1;
            float x = swapped ? sin : cos;
            float y = swapped ? cos : sin;
            boolean left = quadrant == 1 || quadrant == 2;
            boolean below = quadrant == 2 || quadrant == 3;
            z[at + 2 * i] = left ? -r * x : r * x;
            if (2 * i + 1 < size) {
              z[at + 2 * i + 1] = below ? -r * y : r * y;
            }
          }
        });
    return noise;
  }

  private static float sine(float f) {
    float u = f * f;
    return f * (S1 + u * (S3 + u * (S5 + u * (S7 + u * S9))));
  }

  private static float cosine(float f) {
    float u = f * f;
    return 1f + u * (C2 + u * (C4 + u * (C6 + u * C8)));
  }
}
