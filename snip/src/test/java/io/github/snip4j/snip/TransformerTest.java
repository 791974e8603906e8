package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Embedding;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.LayerNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.PositionEmbedding;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.SelfAttention;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.TimeDistributed;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A transformer of two blocks, composed of layers: scored, pruned and trained. Its task is to tell
 * the word that follows the only 0 in a sequence.
 */
class TransformerTest {
  private static final Seed SEED = new Seed(5);
  private static final Initializer INIT = VarianceScaling.lecun();
  private static final int STEPS = 8;
  private static final int WORDS = 10;
  private static final int WIDTH = 32;
  private static final int CLASSES = 4;

  private static Layer block(String name) {
    return new Sequential(
        new Residual(
            name + ".attention",
            new Sequential(
                new LayerNorm(name + ".ln1", WIDTH),
                new SelfAttention(name + ".attn", WIDTH, 4, false, INIT, SEED))),
        new Residual(
            name + ".mlp",
            new Sequential(
                new LayerNorm(name + ".ln2", WIDTH),
                new TimeDistributed(
                    new Sequential(
                        new Linear(name + ".fc1", WIDTH, 2 * WIDTH, INIT, SEED),
                        new Gelu(),
                        new Linear(name + ".fc2", 2 * WIDTH, WIDTH, INIT, SEED))))));
  }

  private static Network transformer() {
    Layer mean = (x, pass) -> Reductions.mean(x, Reductions.Reduced.GOES, 0);
    return new Network(
        "transformer",
        Shape.of(STEPS),
        CLASSES,
        new Sequential(
            new Embedding("words", WORDS, WIDTH, VarianceScaling.lecun(), SEED),
            new PositionEmbedding("places", STEPS, WIDTH, INIT, SEED),
            block("block1"),
            block("block2"),
            new LayerNorm("ln", WIDTH),
            mean,
            new Linear("head", WIDTH, CLASSES, INIT, SEED)));
  }

  /** Words 1 to 9 with a 0 among them, and after it one of 1 to 4, less 1 the label. */
  private static Batch batch(int number, int size) {
    Seed seed = SEED.child(number);
    Tensor x = Tensor.zeros(Shape.of(STEPS, size));
    int[] labels = new int[size];
    for (int n = 0; n < size; n++) {
      Seed own = seed.child(n);
      for (int t = 0; t < STEPS; t++) {
        x.set(1 + own.below(t, WORDS - 1), t, n);
      }
      int marker = own.below(STEPS, STEPS - 1);
      labels[n] = own.below(STEPS + 1, CLASSES);
      x.set(0, marker, n);
      x.set(1 + labels[n], marker + 1, n);
    }
    return new Batch(x, labels);
  }

  private static double train(Network network) {
    Optimizer optimizer = new Optimizer(Adam.adam(0), network);
    double loss = 0;
    for (int step = 0; step < 60; step++) {
      Pass pass = Pass.training(SEED.child(step));
      Variable value = network.loss(batch(step, 64), pass);
      optimizer.step(pass, value.backward(), 0.01);
      loss = value.value().item();
    }
    return loss;
  }

  @Test
  void itLearnsWholeAndPruned() {
    Network dense = transformer();
    Batch scored = batch(1000, 64);
    Scores scores = ConnectionSensitivity.score(dense, scored);
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.8));
    Network sparse = Sparsifier.compile(dense, masks);
    assertThat(kept(sparse)).isEqualTo(Kappa.of(scores.size(), 0.8));
    assertThat(dense.loss(scored, Pass.evaluation()).value().item()).isGreaterThan(1.2f);
    assertThat(train(dense)).isLessThan(0.8);
    assertThat(train(sparse)).isLessThan(1.15);
    assertThat(kept(sparse)).isEqualTo(Kappa.of(scores.size(), 0.8));
  }

  private static int kept(Network network) {
    return network.parameters().stream()
        .filter(p -> p.role().isConnection())
        .mapToInt(p -> p.value().size())
        .sum();
  }

  @Test
  void sensitivitiesAreDerivativesOfTheLoss() {
    Network network = transformer();
    Batch batch = batch(1000, 16);
    Map<String, Tensor> sensitivities =
        ConnectionSensitivity.of(network, batch, p -> p.role().isConnection());
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        Tensor g = Objects.requireNonNull(sensitivities.get(parameter.name()));
        int largest = largest(g);
        double difference = slope(network, batch, parameter, largest);
        boolean matters = parameter.role() == Parameter.Role.WEIGHT; // biases are 0 so far
        assertThat(Math.abs(g.at(largest)) > 2e-4 || !matters).as("%s", parameter).isTrue();
        assertThat((double) g.at(largest)).as("%s", parameter).isCloseTo(difference, within(2e-5));
      }
    }
  }

  private static int largest(Tensor g) {
    int largest = 0;
    for (int i = 0; i < g.size(); i++) {
      largest = Math.abs(g.at(i)) > Math.abs(g.at(largest)) ? i : largest;
    }
    return largest;
  }

  /** ∂L/∂c of one connection by differences over ±h and ±2h. */
  private static double slope(Network network, Batch batch, Parameter parameter, int at) {
    double h = 1.0 / 16;
    double near = loss(network, batch, parameter, at, h) - loss(network, batch, parameter, at, -h);
    double far =
        loss(network, batch, parameter, at, 2 * h) - loss(network, batch, parameter, at, -2 * h);
    return (8 * near - far) / (12 * h);
  }

  private static double loss(
      Network network, Batch batch, Parameter parameter, int at, double more) {
    Tensor c = Tensor.full(parameter.shape(), 1f);
    c.put(at, (float) (1 + more));
    Pass pass =
        Pass.connections(Pass.Mode.EVALUATE, SEED, p -> p == parameter ? c : null, p -> p.value());
    return network.loss(batch, pass).value().item();
  }

  @Test
  void pathsLeadFromTheWordsThroughAttention() {
    Network network = transformer();
    Scores scores = ConnectionSensitivity.score(network, batch(1000, 8));
    EffectiveConnections paths =
        EffectiveConnections.of(network, Masks.keepTop(scores, Kappa.of(scores.size(), 0.5)));
    assertThat(paths.units())
        .filteredOn(u -> u.layer().equals("words") || u.layer().endsWith("attn"))
        .hasSize(3)
        .allSatisfy(
            u -> {
              assertThat(u.count()).isEqualTo(WIDTH);
              assertThat(u.withoutInput()).isZero();
            });
  }
}
