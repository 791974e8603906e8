package io.github.snip4j.datasets.augment;

import io.github.snip4j.core.random.Seed;
import java.util.List;
import org.joml.Matrix3x2f;

/**
 * The transforms to compose, and the recipes in use.
 *
 * <p>Sines and such are {@link StrictMath}'s, so that a seed gives the same bits on every machine.
 */
public final class Augmentations {
  private Augmentations() {}

  /**
   * The paper's recipe for CIFAR-10: "random horizontal flip and translation up to 4 pixels"; here
   * with probability 1/2, and uniformly by whole pixels along each axis.
   */
  public static Augmentation paper() {
    return flip(0.5).then(translate(4));
  }

  /**
   * What the authors' code does: of the paper's two transforms none, one or both, each number as
   * likely, and of one either. So a picture is mirrored in a quarter of the cases and moved in a
   * half. (Their order is random, too; as a translation is as likely as its mirror image, that
   * changes nothing.)
   */
  public static Augmentation authorsCode() {
    return someOf(List.of(flip(0.5), translate(4)));
  }

  /** The paper's recipe, and then up to 15 degrees, a tenth of the size and 10 degrees of shear. */
  public static Augmentation affine() {
    return paper().then(rotate(15)).then(scale(0.9, 1.1)).then(shear(10));
  }

  /** Mirrors left and right with a probability. */
  public static Augmentation flip(double probability) {
    return (transform, seed) -> {
      if (seed.uniform(0) < probability) {
        transform.scaleLocal(-1, 1);
      }
    };
  }

  /** Moves by a whole number of pixels, uniformly from -most to most, along each axis. */
  public static Augmentation translate(int most) {
    return (transform, seed) ->
        transform.translateLocal(
            seed.below(0, 2 * most + 1) - most, seed.below(1, 2 * most + 1) - most);
  }

  /** Turns about the middle, uniformly by up to so many degrees. */
  public static Augmentation rotate(double mostDegrees) {
    return (transform, seed) -> {
      double angle = StrictMath.toRadians(between(-mostDegrees, mostDegrees, seed));
      float cos = (float) StrictMath.cos(angle);
      float sin = (float) StrictMath.sin(angle);
      transform.mulLocal(new Matrix3x2f(cos, sin, -sin, cos, 0, 0));
    };
  }

  /** Enlarges about the middle, uniformly by a factor from least to most, alike in both axes. */
  public static Augmentation scale(double least, double most) {
    return (transform, seed) -> {
      float factor = (float) between(least, most, seed);
      transform.scaleLocal(factor, factor);
    };
  }

  /** Slants along x, uniformly by up to so many degrees. */
  public static Augmentation shear(double mostDegrees) {
    return (transform, seed) -> {
      double angle = StrictMath.toRadians(between(-mostDegrees, mostDegrees, seed));
      transform.mulLocal(new Matrix3x2f(1, 0, (float) StrictMath.tan(angle), 1, 0, 0));
    };
  }

  /** A random number of these, from none to all with equal chances, in their order. */
  public static Augmentation someOf(List<Augmentation> parts) {
    List<Augmentation> all = List.copyOf(parts);
    return (transform, seed) -> {
      int count = seed.below(0, all.size() + 1);
      int[] order = seed.child("which").permutation(all.size());
      for (int i = 0; i < all.size(); i++) {
        if (order[i] < count) {
          all.get(i).follow(transform, seed.child(i));
        }
      }
    };
  }

  private static double between(double least, double most, Seed seed) {
    return least + (most - least) * seed.uniform(0);
  }
}
