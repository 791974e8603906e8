package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.PiecewiseLinear;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.data.Standardization;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.objective.CrossEntropy;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Group;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.predict.Predictor;
import io.github.snip4j.nn.train.AveragedParameters;
import io.github.snip4j.nn.train.BestOnValidation;
import io.github.snip4j.nn.train.EarlyStopping;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Penalty;
import io.github.snip4j.nn.train.RegressionMetrics;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.nn.train.TrainingOptions;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on embedding shows: between two lines "// SHOWN". */
class EmbeddingSnippetsTest {
  private static final Seed SEED = new Seed(1);

  @TempDir Path folder;

  private static float[][] rows(int examples) {
    float[][] x = new float[examples][5];
    for (int n = 0; n < examples; n++) {
      for (int k = 0; k < 5; k++) {
        x[n][k] = (float) (3 * SEED.child("x").normal(5L * n + k) + k);
      }
    }
    return x;
  }

  /** y = 2 x0 - x1 + noise of 0.1. */
  private static float[][] numbers(float[][] x) {
    float[][] y = new float[x.length][1];
    for (int n = 0; n < x.length; n++) {
      y[n][0] = 2 * x[n][0] - x[n][1] + (float) (0.1 * SEED.child("noise").normal(n));
    }
    return y;
  }

  private static Network layers(int outputs) {
    VarianceScaling init = VarianceScaling.glorot();
    return new Network(
        "own",
        Shape.of(5),
        outputs,
        new Sequential(
            new Linear("fc1", 5, 20, init, SEED),
            new Tanh(),
            new Linear("fc2", 20, outputs, init, SEED)));
  }

  @Test
  void numbersFromArraysToAFile() throws IOException {
    float[][] x = rows(2_000);
    float[][] y = numbers(x);
    Network layers = layers(1);
    Path file = folder.resolve("regression.npz");
    float[] example = x[0];
    // SHOWN
    Seed seed = new Seed(1);
    Batches.Split parts = Batches.of(x, y).split(0.2, seed);
    Standardization scale = parts.rest().standardization();
    BatchSource test = parts.part().standardized(scale).inOrder(100);
    Batches examples = parts.rest().standardized(scale);

    Network network = layers.with(Objective.meanSquared());
    Connections connections = Connections.of(network, examples.sample(100, seed));
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.5);
    Network sparse = Sparsifier.compile(network, masks);

    Optimizer optimizer = new Optimizer(Adam.adam(0), sparse);
    Schedule rate = Schedule.cosine(0.01, 0, 1_500);
    Trainer.fit(sparse, examples.shuffled(32, seed), optimizer, rate, 1_500, seed);
    double rmse = RegressionMetrics.of(sparse, test).rmse();

    NetworkFile.save(file, sparse, ModelCard.of(scale));
    NetworkFile.Saved saved = NetworkFile.read(file);
    float[] answer = saved.network().predict(saved.card().standardization().apply(example));
    // SHOWN
    assertThat(rmse).isLessThan(1.3); // of numbers that spread by 6.7
    assertThat(answer[0]).isCloseTo(2 * example[0] - example[1], within(4f));
  }

  @Test
  void objectives() {
    Network network = layers(3);
    // SHOWN
    CrossEntropy classes = CrossEntropy.PLAIN.weighted(1.0, 2.0, 0.5).smoothed(0.1).ignoring(-1);
    Objective manyLabels = Objective.binaryCrossEntropy();
    Objective numbers = Objective.huber(1.0);
    Objective own =
        (y, targets) ->
            Reductions.mean(
                PiecewiseLinear.abs(Arithmetic.subtract(y, Variable.constant(targets.values()))));
    // SHOWN
    float[][] x = {{1, 2, 3, 4, 5}};
    float[][] y = {{0, 1, 0}};
    Batches labels = Batches.of(x, 1);
    assertThat(Evaluation.of(network.with(classes), labels.inOrder(1)).loss()).isPositive();
    for (Objective objective : new Objective[] {manyLabels, numbers, own}) {
      Evaluation evaluation = Evaluation.of(network.with(objective), Batches.of(x, y).inOrder(1));
      assertThat(evaluation.loss()).isPositive();
    }
  }

  @Test
  void optionsOfATraining() {
    float[][] x = rows(400);
    Batches all = Batches.of(x, numbers(x));
    Network network = layers(1).with(Objective.meanSquared());
    BatchSource batches = all.shuffled(10, SEED);
    BatchSource validation = all.inOrder(100);
    Seed seed = SEED;
    // SHOWN
    Optimizer optimizer =
        new Optimizer(
            Adam.adamW(0.01),
            network,
            Group.frozen(p -> p.layer().equals("fc1")),
            Group.rate(0.1, p -> p.name().endsWith(".bias")));
    TrainingOptions options =
        TrainingOptions.PLAIN
            .accumulating(4)
            .clippingNorm(1)
            .with(Penalty.l1(1e-5, p -> p.name().endsWith(".weight")));
    BestOnValidation best = new BestOnValidation(network, validation, 20, 1_000);
    AveragedParameters average = new AveragedParameters(network, 0.99);
    EarlyStopping stop = new EarlyStopping(best, 100);

    Schedule rate = Schedule.constant(0.01);
    long done =
        Trainer.fit(
            network, batches, optimizer, rate, options, 0, 1_000, seed, best, average, stop);
    double averaged = Evaluation.of(average.network(), validation).loss();
    network.restore(best.best().network());
    // SHOWN
    assertThat(done).isBetween(100L, 1_000L);
    double loss = Evaluation.of(network, validation).loss();
    assertThat(loss).isEqualTo(best.best().evaluation().loss());
    assertThat(averaged).isLessThan(2 * loss);
  }

  @Test
  void aLoopOfOnesOwnHasTheSameBits() {
    float[][] x = rows(100);
    BatchSource batches = Batches.of(x, numbers(x)).shuffled(10, SEED);
    Network network = layers(1).with(Objective.meanSquared());
    Network fitted = layers(1).with(Objective.meanSquared());
    Optimizer optimizer = new Optimizer(Adam.adam(0), network);
    Schedule schedule = Schedule.constant(0.01);
    Seed seed = SEED;
    long steps = 30;
    // SHOWN
    Workspace workspace = new Workspace();
    for (long i = 0; i < steps; i++) {
      Batch batch = batches.at(i);
      Pass pass = Pass.training(seed.child(i));
      double rate = schedule.at(i);
      workspace.run(
          () -> {
            Variable loss = network.loss(batch, pass);
            optimizer.step(pass, loss.backward(), rate);
            return loss.value().item();
          });
    }
    // SHOWN
    Trainer.fit(fitted, batches, new Optimizer(Adam.adam(0), fitted), schedule, steps, seed);
    fitted
        .state()
        .forEach(
            (name, value) ->
                assertThat(network.parameter(name).value().toArray()).isEqualTo(value.toArray()));
  }

  @Test
  void aPredictorForAService() {
    Network network = layers(3);
    float[] example = {1, 2, 3, 4, 5};
    // SHOWN
    Predictor predictor = Predictor.of(network); // of the network as it is now
    predictor.warmUp(); // at most 1.2 s: then the first answer is nearly as fast as the others

    float[] outputs = predictor.predict(example); // from any number of threads
    predictor.predict(example, outputs); // without allocation
    // SHOWN
    float[] expected = network.predict(example);
    for (int k = 0; k < 3; k++) {
      assertThat(outputs[k]).isCloseTo(expected[k], within(1e-5f));
    }
  }
}
