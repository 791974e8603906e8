package io.github.snip4j.nn.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and gradients are those of PyTorch 1.13 for the same numbers. */
class ObjectiveTest {
  private static final Shape SHAPE = Shape.of(3, 4); // outputs or classes, examples
  private static final Tensor Z =
      Tensor.of(SHAPE, 0.5f, 1.5f, -0.2f, 0, -1, 0.3f, 0.8f, -2, 2, -0.7f, 0.1f, 1);
  private static final Targets LABELS = Targets.labels(2, 0, 1, 1);
  private static final Targets PROBABILITIES =
      values(0.2f, 1, 0, 0.1f, 0.3f, 0, 0.5f, 0.8f, 0.5f, 0, 0.5f, 0.1f);
  private static final Targets MANY = values(1, 0, 1, 0.25f, 0, 0, 1, 0, 1, 1, 0, 1);
  private static final CrossEntropy WEIGHTED = CrossEntropy.PLAIN.weighted(1.0, 2.0, 0.5);

  private record Case(Objective objective, Targets targets, double loss, List<Double> gradient) {}

  private static Targets values(float... numbers) {
    return Targets.values(Tensor.of(SHAPE, numbers));
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            WEIGHTED,
            LABELS,
            1.5290244817733765,
            List.of(
                0.0159355,
                -0.0530515,
                0.0717495,
                0.0943623,
                0.0035557,
                0.0387838,
                -0.1686011,
                -0.3508658,
                -0.0194912,
                0.0142678,
                0.0968517,
                0.2565035)),
        new Case(
            WEIGHTED.smoothed(0.1),
            LABELS,
            1.5264496803283691,
            List.of(
                0.0119996,
                -0.0387842,
                0.0626993,
                0.08437,
                -0.0080914,
                0.027309,
                -0.1524851,
                -0.3271555,
                -0.0039082,
                0.0114752,
                0.0897859,
                0.2427855)),
        new Case(
            CrossEntropy.PLAIN.ignoring(-100),
            Targets.labels(2, -100, 1, 1),
            1.4044326543807983,
            List.of(
                0.0584301,
                0.0,
                0.0657703,
                0.0864988,
                0.0130375,
                0.0,
                -0.154551,
                -0.321627,
                -0.0714677,
                0.0,
                0.0887807,
                0.2351282)),
        new Case(
            CrossEntropy.PLAIN,
            PROBABILITIES,
            1.4020756483078003,
            List.of(
                -0.0061774,
                -0.0729458,
                0.0493278,
                0.0398741,
                -0.0652219,
                0.0533277,
                0.0090867,
                -0.1912203,
                0.0713993,
                0.0196182,
                -0.0584145,
                0.1513461)),
        new Case(
            WEIGHTED.smoothed(0.1),
            PROBABILITIES,
            2.2683465480804443,
            List.of(
                -0.0068083,
                -0.0533283,
                0.0529153,
                0.078912,
                -0.1412855,
                0.0375498,
                -0.0751756,
                -0.3618142,
                0.1480939,
                0.0157785,
                0.0222603,
                0.2829022)),
        new Case(
            Objective.binaryCrossEntropy(),
            MANY,
            0.6350162625312805,
            List.of(
                -0.0314617,
                0.0681312,
                -0.0458195,
                0.0208333,
                0.0224118,
                0.0478702,
                -0.0258355,
                0.0099336,
                -0.0099336,
                -0.0556823,
                0.0437483,
                -0.0224118)),
        new Case(
            Objective.meanSquared(),
            MANY,
            1.0860416889190674,
            List.of(
                -0.0833333,
                0.25,
                -0.2,
                -0.0416667,
                -0.1666667,
                0.05,
                -0.0333333,
                -0.3333333,
                0.1666667,
                -0.2833334,
                0.0166667,
                0.0)),
        new Case(
            Objective.huber(0.7),
            MANY,
            0.3863541781902313,
            List.of(
                -0.0416667,
                0.0583333,
                -0.0583333,
                -0.0208333,
                -0.0583333,
                0.025,
                -0.0166667,
                -0.0583333,
                0.0583333,
                -0.0583333,
                0.0083333,
                0.0)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isPyTorchs(Case given) {
    Variable z = Variable.leaf(Z);
    Variable loss = given.objective.loss(z, given.targets);
    assertThat((double) loss.value().item()).isCloseTo(given.loss, within(2e-7 * given.loss));
    float[] g = loss.backward().of(z).toArray();
    for (int i = 0; i < g.length; i++) {
      assertThat((double) g[i]).as("element %d", i).isCloseTo(given.gradient.get(i), within(2e-7));
    }
  }

  /** Σ r r' is the second derivative of an example's loss, by differences of the gradient. */
  @ParameterizedTest
  @MethodSource("cases")
  void curvatureIsTheSecondDerivative(Case given) {
    for (int n = 0; n < 4; n++) {
      Targets own = given.targets.example(n);
      double count = given.objective.count(own);
      if (count == 0) {
        continue; // ignored: no loss to differentiate
      }
      Tensor z = column(n);
      List<Tensor> roots = given.objective.curvature(z, own);
      for (int j = 0; j < 3; j++) {
        float[] ahead = gradient(given.objective, moved(z, j, 1f / 64), own);
        float[] behind = gradient(given.objective, moved(z, j, -1f / 64), own);
        for (int i = 0; i < 3; i++) {
          double h = 0;
          for (Tensor root : roots) {
            h += root.at(i) * root.at(j);
          }
          double difference = (ahead[i] - behind[i]) * 32 * count;
          assertThat(h).as("example %d, %d by %d", n, i, j).isCloseTo(difference, within(1e-3));
        }
      }
    }
  }

  @Test
  void positionsAreExamplesSideBySide() {
    Tensor z = Z.reshape(Shape.of(3, 2, 2)); // classes, positions, examples
    Targets labels = Targets.labels(new int[] {2, 0, 1, 1}, 2);
    for (CrossEntropy objective : List.of(CrossEntropy.PLAIN, WEIGHTED)) {
      assertThat(objective.loss(Variable.constant(z), labels).value().item())
          .isEqualTo(objective.loss(Variable.constant(Z), LABELS).value().item());
      assertThat(objective.answers(z, labels)).isEqualTo(new Objective.Answers(1, 4));
    }
    assertThat(labels.example(1).labels()).containsExactly(0, 1);
  }

  @Test
  void answersAreCounted() {
    assertThat(CrossEntropy.PLAIN.ignoring(0).answers(Z, LABELS))
        .isEqualTo(new Objective.Answers(1, 3)); // 2 right, 0 ignored, 1 right, 1 wrong
    assertThat(Objective.binaryCrossEntropy().answers(Z, MANY))
        .isEqualTo(new Objective.Answers(2, 4)); // the last is right: 0 and 0.25 are both below
    assertThat(Objective.meanSquared().answers(Z, MANY))
        .isEqualTo(new Objective.Answers(Objective.NOT_COUNTED, 4));
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objective.meanSquared().loss(Variable.leaf(Z), LABELS))
        .withMessageContaining("labels of 4 examples where numbers are asked for");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Objective.crossEntropy().loss(Variable.leaf(Z), Targets.labels(3, 0, 1, 1)))
        .withMessageContaining("label 3 of example 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CrossEntropy.PLAIN.ignoring(1).loss(Variable.leaf(Z), Targets.labels(1, 1, 1, 1)))
        .withMessageContaining("none of the 4 labels counts");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CrossEntropy.PLAIN.weighted(1.0).loss(Variable.leaf(Z), LABELS))
        .withMessageContaining("1 class weights for 3 logits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objective.huber(0))
        .withMessageContaining("above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Objective.binaryCrossEntropy()
                    .loss(Variable.leaf(Z), values(0, 1, 0, 1, 0, 1, 0, 2, 0, 1, 0, 1)))
        .withMessage("binary cross-entropy: target 2.0 of example 3: expected a number in [0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objective.crossEntropy().loss(Variable.leaf(Z), MANY))
        .withMessage("cross-entropy: the probabilities of example 0 add up to 2.0: expected 1");
    Objective own = (y, t) -> y;
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> own.curvature(Z, LABELS))
        .withMessageContaining("override Objective.curvature");
  }

  private static Tensor column(int n) {
    Tensor z = Tensor.zeros(Shape.of(3, 1));
    for (int i = 0; i < 3; i++) {
      z.put(i, Z.at(4 * i + n));
    }
    return z;
  }

  private static Tensor moved(Tensor z, int i, float by) {
    Tensor moved = z.copy();
    moved.put(i, z.at(i) + by);
    return moved;
  }

  private static float[] gradient(Objective objective, Tensor at, Targets targets) {
    Variable z = Variable.leaf(at);
    return objective.loss(z, targets).backward().of(z).toArray();
  }
}
