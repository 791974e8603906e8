package io.github.snip4j.datasets.augment;

import io.github.snip4j.core.random.Seed;
import org.joml.Matrix3x2f;

/**
 * Draws an affine transform for a picture: a pure function of the seed.
 *
 * <p>Coordinates are in pixels, x to the right and y down, and (0, 0) is the middle of the picture.
 * A transform maps where a thing was to where it goes. What comes in from outside is 0, the mean of
 * the normalised pixels.
 */
@FunctionalInterface
public interface Augmentation {
  /**
   * Lets what is drawn here follow upon a transform.
   *
   * @param transform modified
   * @param seed of this picture in this epoch
   */
  void follow(Matrix3x2f transform, Seed seed);

  /** This one first, then another, each with draws of its own. */
  default Augmentation then(Augmentation next) {
    return (transform, seed) -> {
      follow(transform, seed.child("first"));
      next.follow(transform, seed.child("then"));
    };
  }
}
