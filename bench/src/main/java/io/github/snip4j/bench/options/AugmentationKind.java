package io.github.snip4j.bench.options;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.datasets.ReusableBatches;
import io.github.snip4j.datasets.augment.Augmentation;
import io.github.snip4j.datasets.augment.Augmentations;
import org.jspecify.annotations.Nullable;

/** The recipes of augmentation that can be chosen by name. */
public enum AugmentationKind {
  NONE(null),
  PAPER(Augmentations.paper()),
  AUTHORS(Augmentations.authorsCode()),
  AFFINE(Augmentations.affine());

  @SuppressWarnings("ImmutableEnumChecker") // a pure function
  private final @Nullable Augmentation recipe;

  AugmentationKind(@Nullable Augmentation recipe) {
    this.recipe = recipe;
  }

  /** The recipe; null for none. */
  public @Nullable Augmentation recipe() {
    return recipe;
  }

  /** Epochs of examples, changed by this recipe. */
  public ReusableBatches shuffled(Examples examples, int batchSize, Seed seed) {
    return recipe == null
        ? examples.shuffled(batchSize, seed)
        : examples.shuffled(batchSize, seed, recipe);
  }
}
