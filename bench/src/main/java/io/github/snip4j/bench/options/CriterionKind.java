package io.github.snip4j.bench.options;

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
  SNIP(
      "connection sensitivity",
      1,
      "how much the loss would change if the connection were weakened a little",
      "Lee, Ajanthan and Torr, ICLR 2019"),
  ITERATIVE_SNIP(
      "iterative connection sensitivity",
      10,
      "as for snip, of what is left after each round",
      "de Jorge et al., ICLR 2021"),
  FORCE(
      "FORCE, where what was pruned may return",
      10,
      "as for snip, of all connections after each round, so that what was pruned may return",
      "de Jorge et al., ICLR 2021"),
  RANDOM("chance", 1, "a number drawn at random", ""),
  MAGNITUDE(
      "the weights' magnitudes",
      1,
      "how large the connection's weight is, whatever its sign",
      "Han, Pool, Tran and Dally, NIPS 2015"),
  GRASP(
      "gradient flow (GraSP)",
      1,
      "how much smaller the gradients, by which a network learns, would be without the connection",
      "Wang, Zhang and Grosse, ICLR 2020"),
  SYNFLOW(
      "synaptic flow (SynFlow)",
      100,
      "how much of what flows from all inputs to all outputs goes through the connection",
      "Tanaka, Kunin, Yamins and Ganguli, NeurIPS 2020"),
  SKELETON(
      "the relevance of units (skeletonization)",
      1,
      "how much the loss would change if all that its unit sends were weakened a little",
      "Mozer and Smolensky, NIPS 1988"),
  OBD(
      "diagonal second derivatives (optimal brain damage)",
      1,
      "how much the loss would rise without the connection, by its second derivative alone",
      "LeCun, Denker and Solla, NIPS 1989");

  private final String words;
  private final int rounds;
  private final String meaning;
  private final String source;

  CriterionKind(String words, int rounds, String meaning, String source) {
    this.words = words;
    this.rounds = rounds;
    this.meaning = meaning;
    this.source = source;
  }

  /** What it goes by, in words: "pruned by ...". */
  public String words() {
    return words;
  }

  /** What its score is, in words: "the score is ...". */
  public String meaning() {
    return meaning;
  }

  /** Whose idea it is; empty for nobody's. */
  public String source() {
    return source;
  }

  /** How many rounds it takes unless asked for others. */
  public int rounds() {
    return rounds;
  }

  /** Whether what an earlier round pruned may come back. */
  boolean revives() {
    return this == FORCE;
  }

  /** Whether it scores by ∂L/∂c. */
  public boolean isSensitivity() {
    return this == SNIP || this == ITERATIVE_SNIP || this == FORCE;
  }

  /** Whether it looks at examples. */
  public boolean needsData() {
    return this != RANDOM && this != MAGNITUDE && this != SYNFLOW;
  }

  public Criterion criterion(ScoringSpec spec) {
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

  /** The name that a user writes. */
  @Override
  public String toString() {
    return EnumNames.of(this);
  }
}
