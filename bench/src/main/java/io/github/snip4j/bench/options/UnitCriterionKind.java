package io.github.snip4j.bench.options;

import io.github.snip4j.snip.unit.UnitCriterion;

/** The criteria for whole units that can be chosen by name. */
public enum UnitCriterionKind {
  SNIP("the sensitivity of all that they receive"),
  SKELETON("the sensitivity of all that they send (skeletonization)"),
  L1("the magnitudes of the weights that they receive"),
  TAYLOR("the Taylor expansion of the loss in what they compute");

  private final String words;

  UnitCriterionKind(String words) {
    this.words = words;
  }

  /** What it goes by, in words: "chosen by ...". */
  public String words() {
    return words;
  }

  /** Whether it looks at examples. */
  public boolean needsData() {
    return this != L1;
  }

  public UnitCriterion criterion() {
    return switch (this) {
      case SNIP -> UnitCriterion.connectionSensitivity();
      case SKELETON -> UnitCriterion.skeletonization();
      case L1 -> UnitCriterion.l1();
      case TAYLOR -> UnitCriterion.taylor();
    };
  }
}
