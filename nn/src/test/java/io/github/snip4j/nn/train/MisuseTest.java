package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.OptimizerSnapshot;
import io.github.snip4j.nn.optim.Sgd;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses that would go on with wrong numbers are refused, with what is wrong and what is right. */
class MisuseTest {
  private static final Sgd RULE = new Sgd(0.9, false, 0);

  private final Batch batch = new Batch(RandomTensors.normal(1, 5, 4), new int[] {0, 1, 2, 0});

  private static Linear linear(String name, int in, int out) {
    return new Linear(name, in, out, VarianceScaling.glorot(), new Seed(1));
  }

  private static Network network() {
    Layer body = new Sequential(linear("fc1", 5, 8), new Relu(), linear("fc2", 8, 3));
    return new Network("small", Shape.of(5), 3, body);
  }

  private static Network pruned(Storage storage) {
    Shape shape = Shape.of(8, 5);
    boolean[] keep = new boolean[shape.size()];
    Arrays.fill(keep, 0, 20, true);
    return network()
        .restructured(Map.of("fc1.weight", new Mask(shape, keep)), Map.of("fc1.weight", storage));
  }

  private BatchSource always() {
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        return batch;
      }

      @Override
      public int batchesPerEpoch() {
        return 1;
      }
    };
  }

  private static String numbers(Network network) {
    StringBuilder text = new StringBuilder();
    network.state().forEach((name, t) -> text.append(name).append(Arrays.toString(t.toArray())));
    return text.toString();
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void aPassIsNotUsedForASecondStep(Storage storage) {
    Network network = pruned(storage);
    Optimizer optimizer = new Optimizer(RULE, network);
    Pass pass = Pass.training(new Seed(1));
    Gradients gradients = network.loss(batch, pass).backward();
    assertThat(network.loss(batch, pass).value().item()).isFinite(); // nothing has changed yet
    optimizer.step(pass, gradients, 0.1);
    assertThatIllegalStateException()
        .isThrownBy(() -> network.loss(batch, pass))
        .withMessageContaining("has changed since this pass first used it: take a new Pass");
    assertThat(gradients.of(pass.values(network.parameter("fc2.bias"))).size()).isEqualTo(3);
    assertThat(network.loss(batch, Pass.training(new Seed(1))).value().item()).isFinite();
  }

  @Test
  void aNetworkThatIsMadeWithinAStepOutlivesIt() {
    Workspace workspace = new Workspace();
    Network made = workspace.run(() -> pruned(Storage.SPARSE));
    workspace.run(() -> network().loss(batch, Pass.evaluation()).value().item());
    assertThat(numbers(made)).isEqualTo(numbers(pruned(Storage.SPARSE)));
  }

  @Test
  void anEvaluationPassIsNotUsedAfterItsNetworkHasChanged() {
    Network network = pruned(Storage.DENSE);
    Pass kept = Pass.evaluation();
    network.loss(batch, kept);
    network.restore(network.snapshot());
    assertThatIllegalStateException().isThrownBy(() -> network.loss(batch, kept));
    Pass after = Pass.evaluation();
    network.loss(batch, after);
    network.parameter("fc2.bias").value().put(0, 7);
    network.parameter("fc2.bias").changed();
    assertThatIllegalStateException()
        .isThrownBy(() -> network.loss(batch, after))
        .withMessageStartingWith("pass: fc2.bias[3] has changed");
  }

  @Test
  void anOptimizerOfAnotherNetworkIsRefused() {
    Network network = pruned(Storage.SPARSE);
    Network before = network();
    Optimizer optimizer = new Optimizer(RULE, before);
    Pass pass = Pass.training(new Seed(1));
    Gradients gradients = network.loss(batch, pass).backward();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.step(pass, gradients, 0.1))
        .withMessageStartingWith(
            "optimizer: no parameter of this optimiser took part in this pass: it was made for"
                + " another network");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Optimizer(RULE, network).step(Pass.training(new Seed(1)), gradients, 0.1))
        .withMessageContaining("or this is not the pass that the loss was computed in");
  }

  /** Ways in which a layer comes to nothing. */
  private enum Unreached {
    NOT_USED("took no part in the loss: no layer used it in this pass") {
      @Override
      Variable forward(Linear first, Linear second, Variable x, Pass pass) {
        return pass.through(second, x);
      }
    },
    LEADS_NOWHERE("was used in this pass, but the loss does not depend on it") {
      @Override
      Variable forward(Linear first, Linear second, Variable x, Pass pass) {
        pass.through(first, x);
        return pass.through(second, x);
      }
    };

    private final String sentence;

    Unreached(String sentence) {
      this.sentence = sentence;
    }

    abstract Variable forward(Linear first, Linear second, Variable x, Pass pass);
  }

  @ParameterizedTest
  @EnumSource(Unreached.class)
  void aParameterThatTheLossDoesNotReachIsNamedBeforeAnythingMoves(Unreached kind) {
    Linear first = linear("fc1", 5, 3);
    Linear second = linear("fc2", 5, 3);
    Layer body =
        new Layer() {
          @Override
          public Variable forward(Variable x, Pass pass) {
            return kind.forward(first, second, x, pass);
          }

          @Override
          public List<Parameter> parameters() {
            return List.of(
                second.parameters().get(0),
                second.parameters().get(1),
                first.parameters().get(0),
                first.parameters().get(1));
          }
        };
    Network network = new Network("two", Shape.of(5), 3, body);
    Optimizer optimizer = new Optimizer(RULE, network);
    Pass pass = Pass.training(new Seed(1));
    Gradients gradients = network.loss(batch, pass).backward();
    String before = numbers(network);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimizer.step(pass, gradients, 0.1))
        .withMessageStartingWith("optimizer: fc1.weight[3, 5] " + kind.sentence);
    assertThat(numbers(network)).isEqualTo(before);
    assertThat(optimizer.steps()).isZero();
  }

  @Test
  void parametersThatAreConstantsOrMaskedAreNotTrained() {
    Network network = network();
    for (String scored : List.of("fc1.weight", "fc2.weight")) {
      Pass pass = Pass.connections(Pass.Mode.TRAIN, new Seed(1), p -> p.name().equals(scored));
      Gradients gradients = network.loss(batch, pass).backward();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Optimizer(RULE, network).step(pass, gradients, 0.1))
          .withMessageContaining("Pass.training");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void aRateThatNoTrainingCanUseIsRefusedFromAnySchedule(double rate) {
    Network network = network();
    String before = numbers(network);
    Optimizer optimizer = new Optimizer(RULE, network);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.fit(network, always(), optimizer, step -> rate, 3, new Seed(1)))
        .withMessage(
            ("optimizer: learning rate " + rate + " in step 1: expected at least 0;")
                + " see its schedule");
    assertThat(numbers(network)).isEqualTo(before);
  }

  private static OptimizerSnapshot state(String rule, Network network, Map<String, Tensor> state) {
    return new OptimizerSnapshot(rule, 3, network.structures(), state);
  }

  @Test
  void aStateIsRestoredWholeOrNotAtAll() {
    Network network = network();
    Optimizer optimizer = new Optimizer(Adam.adam(0), network);
    Trainer.fit(network, always(), optimizer, step -> 0.1, 3, new Seed(1));
    Optimizer other = new Optimizer(Adam.adam(0), network);
    String rule = Adam.adam(0).description();

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> other.restore(state(Adam.adamW(0).description(), network, optimizer.state())))
        .withMessageStartingWith("optimizer: the state is of " + Adam.adamW(0));
    Map<String, Tensor> less = new HashMap<>(optimizer.state());
    less.remove("fc2.bias.1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.restore(state(rule, network, less)));
    Map<String, Tensor> longer = new HashMap<>(optimizer.state());
    longer.put("fc2.bias.1", Tensor.zeros(Shape.of(9)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.restore(state(rule, network, longer)))
        .withMessageContaining("fc2.bias.1 is [9]: expected [3]");
    assertThat(other.steps()).isZero();
    other.state().forEach((name, t) -> assertThat(t.toArray()).as(name).containsOnly(0));

    other.restore(optimizer.snapshot());
    assertThat(other.steps()).isEqualTo(3);
    Map<String, Tensor> expected = optimizer.state();
    other
        .state()
        .forEach(
            (name, t) ->
                assertThat(t.toArray())
                    .isEqualTo(Objects.requireNonNull(expected.get(name)).toArray()));
  }
}
