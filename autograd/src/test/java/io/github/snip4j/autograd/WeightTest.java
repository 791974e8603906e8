package io.github.snip4j.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WeightTest {
  private static final Shape SHAPE = Shape.of(3, 5);
  static final List<Structure> SOME =
      List.of(Structure.of(SHAPE, 0, 7, 14), SparsePattern.of(SHAPE, 0, 7, 14));

  @ParameterizedTest
  @FieldSource("SOME")
  void theWholeWeightHasZerosWhereNothingExistsAndItsGradientIsThatOfTheValues(Structure some) {
    Tensor values = RandomTensors.normal(3, 3);
    Weight weight = Weight.of(Variable.leaf(values), some);
    assertThat(weight.shape()).isEqualTo(SHAPE);
    assertThat(weight.whole().value().toArray()).isEqualTo(some.spread(values).toArray());
    assertThat(weight.whole()).isSameAs(weight.whole());
    GradCheck.check(1e-3, v -> Weight.of(v.get(0), some).whole(), new Seed(1), values);
  }

  @ParameterizedTest
  @FieldSource("SOME")
  void anOperationComputesTheSameHoweverTheWeightIsStored(Structure some) {
    Variable x = Variable.constant(RandomTensors.normal(1, 5, 4));
    Variable values = Variable.leaf(RandomTensors.normal(2, 3));
    Variable y = Products.linear(x, Weight.of(values, some), null);
    Variable dense = Variable.leaf(some.spread(values.value()));
    Variable expected = Products.linear(x, dense, null);
    Golden.assertClose(y.value(), expected.value(), 1e-6);
    Tensor dy = RandomTensors.normal(4, 3, 4);
    Tensor gradient = some.gather(expected.backward(dy).of(dense));
    Golden.assertClose(y.backward(dy).of(values), gradient, 1e-6);
  }

  /** A weight of no elements, like the bias of a layer that has lost all its biases. */
  @Test
  void aWeightOfWhichNothingExistsHasAnEmptyGradientThatNobodyComputes() {
    Variable none = Variable.leaf(Tensor.zeros(Shape.of(0)));
    Weight gone = Weight.of(none, Structure.of(Shape.of(3)));
    assertThat(gone.whole().value().toArray()).containsOnly(0f);
    assertThat(gone.whole().requiresGradient()).isFalse();
    Variable x = Variable.leaf(Tensor.scalar(1));
    assertThat(x.backward().of(none).shape()).isEqualTo(Shape.of(0));
  }
}
