package io.github.snip4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariableTest {
  private final Variable x = Variable.leaf(Tensor.of(Shape.of(3), 1, 2, 3));

  @Test
  void aVariableUsedTwiceCollectsBothGradients() {
    Variable y = Reductions.sum(Arithmetic.multiply(x, x));
    assertThat(y.value().item()).isEqualTo(14);
    assertThat(y.backward().of(x).toArray()).containsExactly(2, 4, 6);
    assertThat(y.backward().of(x).toArray()).as("again").containsExactly(2, 4, 6);
  }

  @Test
  void contributionsAreAddedWithoutTouchingTheUpstream() {
    Tensor upstream = Tensor.of(Shape.of(3), 1, 1, 1);
    Variable y = Arithmetic.add(Arithmetic.add(x, x), x); // every contribution is the same array
    assertThat(y.backward(upstream).of(x).toArray()).containsExactly(3, 3, 3);
    assertThat(upstream.toArray()).containsExactly(1, 1, 1);
  }

  @Test
  void oneHundredThousandOperationsDeepIsNotTooDeep() {
    Variable y = x;
    for (int i = 0; i < 100_000; i++) {
      y = Shapes.reshape(y, Shape.of(3));
    }
    assertThat(Reductions.sum(y).backward().of(x).toArray()).containsOnly(1f);
  }

  @Test
  void aDiamondIsVisitedOncePerVariableNotPerPath() {
    Variable y = x;
    for (int i = 0; i < 60; i++) { // 2^60 paths
      y = Arithmetic.multiply(Arithmetic.add(y, y), Variable.constant(Tensor.scalar(0.5f)));
    }
    assertThat(Reductions.sum(y).backward().of(x).toArray()).containsOnly(1f);
  }

  @Test
  void constantsGetNoGradientAndKeepNoGraph() {
    Variable c = Variable.constant(Tensor.of(Shape.of(3), 4, 5, 6));
    Variable y = Arithmetic.multiply(c, c);
    assertThat(y.requiresGradient()).isFalse();
    assertThat(y.edges()).isEmpty();
    Gradients gradients = Reductions.sum(Arithmetic.multiply(x, c)).backward();
    assertThat(gradients.contains(c)).isFalse();
    assertThat(gradients.of(x).toArray()).containsExactly(4, 5, 6);
  }

  @Test
  void mistakesAreNamed() {
    Gradients gradients = Reductions.sum(x).backward();
    Variable other = Variable.leaf(Tensor.scalar(1));
    Variable between = Reductions.sum(x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gradients.of(other))
        .withMessage(
            "gradient: the result does not depend on this leaf of shape []: it was not used in"
                + " computing the result, or is of another computation");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gradients.of(between))
        .withMessageContaining("is not a leaf");
    assertThatIllegalArgumentException()
        .isThrownBy(x::backward)
        .withMessageContaining("[3] is not a single number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> x.backward(Tensor.scalar(1)))
        .withMessage("backward: the value is [3], the upstream []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variable.constant(Tensor.scalar(1)).backward())
        .withMessageStartingWith("backward: the value depends on no leaf: ");
  }

  @Test
  void aRuleThatReturnsTheWrongShapeIsCaught() {
    Variable y = Variable.of(Operation.named("one"), Tensor.scalar(1), x.pull(dy -> dy));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(y::backward)
        .withMessage("backward: a gradient of shape [] for [3]");
  }

  @Test
  void gradCheckFindsAWrongRule() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                GradCheck.check(
                    1e-3,
                    v -> {
                      Tensor value = Arithmetic.multiply(v.get(0), v.get(0)).value();
                      return Variable.of(
                          Operation.named("square"),
                          value,
                          v.get(0).pull(dy -> dy)); // should be 2 x dy
                    },
                    new Seed(1),
                    Tensor.of(Shape.of(4), 1, 2, 3, 4)))
        .withMessageContaining("input 0 of shape [4]: backward gives");
    List<GradCheck.Comparison> right =
        GradCheck.compare(v -> Reductions.sum(v.get(0)), new Seed(1), Tensor.zeros(Shape.of(5)));
    assertThat(right).singleElement().matches(c -> c.error() < 1e-5);
  }
}
