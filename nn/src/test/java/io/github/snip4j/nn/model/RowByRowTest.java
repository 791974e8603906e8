package io.github.snip4j.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.TimeDistributed;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowByRowTest {
  private final Batch batch =
      new Batch(RandomTensors.normal(1, 1, 28, 28, 6), new int[] {0, 1, 2, 3, 9, 9});

  private static Network network(RowByRow.Kind kind) {
    return new RowByRow(kind, 16, Task.MNIST).create(VarianceScaling.glorot(), new Seed(1));
  }

  @ParameterizedTest
  @EnumSource(RowByRow.Kind.class)
  void learnsABatchByHeartAndEveryParameterHasAGradient(RowByRow.Kind kind) {
    Network network = network(kind);
    Optimizer optimizer = new Optimizer(Adam.adam(0), network);
    float first = network.loss(batch, Pass.evaluation()).value().item();
    for (int step = 0; step < 60; step++) {
      Pass pass = Pass.training(new Seed(0));
      Gradients gradients = network.loss(batch, pass).backward();
      for (Parameter p : network.parameters()) {
        float[] gradient = gradients.of(pass.variable(p)).toArray();
        assertThat(gradient).as(p.name()).isNotEqualTo(new float[p.size()]);
      }
      optimizer.step(pass, gradients, 0.01);
    }
    assertThat(network.loss(batch, Pass.evaluation()).value().item()).isLessThan(0.1f * first);
  }

  @ParameterizedTest
  @EnumSource(RowByRow.Kind.class)
  void sensitivityIsWeightTimesWeightGradient(RowByRow.Kind kind) {
    Network network = network(kind);
    Pass training = Pass.training(new Seed(0));
    Gradients byWeight = network.loss(batch, training).backward();
    Pass connections = Pass.connections(Pass.Mode.TRAIN, new Seed(0), p -> true);
    Gradients byMask = network.loss(batch, connections).backward();
    for (Parameter p : network.parameters()) {
      Tensor product = byWeight.of(training.variable(p)).copy();
      for (int i = 0; i < p.size(); i++) {
        product.put(i, product.at(i) * p.value().at(i));
      }
      Golden.assertClose(byMask.of(connections.mask(p)), product, 1e-5);
    }
  }

  @Test
  void cellsBeginAsTensorFlowsDo() {
    Parameter gru = network(RowByRow.Kind.GRU).parameter("gru.bias");
    assertThat(gru.value().slice(0, 32).toArray()).containsOnly(1f);
    assertThat(gru.value().slice(32, 48).toArray()).containsOnly(0f);
    assertThat(network(RowByRow.Kind.LSTM).parameter("lstm.bias").value().toArray())
        .containsOnly(0f); // the forget bias is a constant beside it
  }

  @Test
  void gruWithTheResetAfterTheProductHasABiasMore() {
    Gru gru = new Gru("gru", 3, 5, Gru.Reset.AFTER_PRODUCT, VarianceScaling.glorot(), new Seed(1));
    Variable x = Variable.constant(RandomTensors.normal(1, 4, 3, 2));
    assertThat(gru.forward(x, Pass.evaluation()).shape()).isEqualTo(Shape.of(4, 5, 2));
    assertThat(gru.parameters().get(1).shape()).isEqualTo(Shape.of(20));
  }

  @Test
  void eachStepIsTheLayerAppliedToEachStep() {
    Linear linear = new Linear("fc1", 3, 5, VarianceScaling.glorot(), new Seed(1));
    Tensor x = RandomTensors.normal(1, 4, 3, 2);
    Tensor y = new TimeDistributed(linear).forward(Variable.constant(x), Pass.evaluation()).value();
    for (int t = 0; t < 4; t++) {
      Variable step = Variable.constant(x.slice(t, t + 1).reshape(Shape.of(3, 2)));
      Tensor expected = linear.forward(step, Pass.evaluation()).value();
      Golden.assertClose(y.slice(t, t + 1).reshape(Shape.of(5, 2)), expected, 1e-6);
    }
  }

  @Test
  void wrongInputsNameTheLayer() {
    Lstm lstm = new Lstm("lstm", 3, 5, 1f, VarianceScaling.glorot(), new Seed(1));
    Variable wrong = Variable.constant(Tensor.zeros(Shape.of(4, 7, 2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pass.evaluation().through(lstm, wrong))
        .withMessage("lstm: input [4, 7, 2]: expected [T, 3, N]");
  }
}
