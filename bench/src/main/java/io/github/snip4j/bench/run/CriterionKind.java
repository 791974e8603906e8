package io.github.snip4j.bench.run;

import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.criterion.RandomScores;
import io.github.snip4j.snip.criterion.SynapticFlow;
import io.github.snip4j.snip.criterion.UnitRelevance;

/** The criteria by name, each with the rounds that it was published with. */
public enum CriterionKind {
  SNIP("connection sensitivity", 1),
  ITERATIVE_SNIP("iterative connection sensitivity", 10),
  FORCE("FORCE, where what was pruned may return", 10),
  RANDOM("chance", 1),
  MAGNITUDE("the weights' magnitudes", 1),
  GRASP("gradient flow (GraSP)", 1),
  SYNFLOW("synaptic flow (SynFlow)", 100),
  SKELETON("the relevance of units (skeletonization)", 1),
  OBD("diagonal second derivatives (optimal brain damage)", 1);

  private final String words;
  private final int rounds;

  CriterionKind(String words, int rounds) {
    this.words = words;
    this.rounds = rounds;
  }

  /** What it goes by, in words: "pruned by ...". */
  public String words() {
    return words;
  }

  /** How many rounds it takes unless asked for others. */
  public int rounds() {
    return rounds;
  }

  /** Whether what an earlier round pruned may come back. */
  boolean revives() {
    return this == FORCE;
  }

  /** Whether it scores by &part;L/&part;c. */
  boolean isSensitivity() {
    return this == SNIP || this == ITERATIVE_SNIP || this == FORCE;
  }

  /** Whether it looks at examples. */
  public boolean needsData() {
    return this != RANDOM && this != MAGNITUDE && this != SYNFLOW;
  }

  Criterion criterion(ScoringSpec spec) {
    return switch (this) {
      case SNIP, ITERATIVE_SNIP, FORCE ->
          ConnectionSensitivity.criterion(spec.accumulation(), spec.batchNorm());
      case RANDOM -> new RandomScores();
      case MAGNITUDE -> new Magnitude();
      case GRASP -> new GradientFlow(GradientFlow.TEMPERATURE, spec.batchNorm());
      case SYNFLOW -> new SynapticFlow();
      case SKELETON -> new UnitRelevance(spec.accumulation(), spec.batchNorm());
      case OBD -> new BrainDamage();
    };
  }

  /** As a user writes it. */
  @Override
  public String toString() {
    return Spelling.of(this);
  }
}
