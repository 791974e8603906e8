package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.story.PruneReport;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.RandomScores;
import io.github.snip4j.snip.criterion.SynapticFlow;
import io.github.snip4j.snip.diagnosis.Diagnosis;
import io.github.snip4j.snip.diagnosis.LossChanges;
import io.github.snip4j.snip.dynamic.DropRule;
import io.github.snip4j.snip.dynamic.GrowRule;
import io.github.snip4j.snip.dynamic.MoveRules;
import io.github.snip4j.snip.dynamic.MovingConnections;
import io.github.snip4j.snip.dynamic.Redistribution;
import io.github.snip4j.snip.dynamic.UpdateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages in docs show: between two lines "// SHOWN". */
class SnippetsTest {
  @TempDir Path folder;

  @Test
  void aReportIsThreeLines() throws IOException {
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);
    Batch batch = Mnist.load().split(seed).train().sample(100, seed);
    // SHOWN
    ScoringSpec grasp = ScoringSpec.of(CriterionKind.GRASP);
    Pruning pruning = Pruning.of(network, List.of(batch), 0.98, Biases.SCORED, grasp, seed);
    Report report = new PruneReport(network, pruning, 0.98, grasp).given(batch);
    report.write(folder.resolve("report.html"));
    // SHOWN
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("5,332 were kept, chosen before any training by gradient flow (GraSP)");
  }

  @Test
  void theDozenLinesPruneAndTrain() {
    // SHOWN
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Network network = LeNet300100.create(seed);

    Batch batch = mnist.train().sample(100, seed);
    Scores scores = ConnectionSensitivity.score(network, batch);
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.98));
    Network sparse = Sparsifier.compile(network, masks);

    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.piecewise(0.1, 0.1, 1_900, 2_400);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, 2_700, seed);
    double error = Evaluation.of(sparse, mnist.test().inOrder(1_000)).error();
    // SHOWN
    assertThat(masks.kept()).isEqualTo(5_332);
    assertThat(error).isLessThan(0.05);
  }

  @Test
  void aCriterionOfOnesOwnIsALambda() {
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);
    Batch batch = Mnist.load().split(seed).train().sample(100, seed);
    // SHOWN
    // magnitude, in units of how large weights with so many inputs are drawn
    Criterion own =
        connections ->
            Scores.of(
                connections.each(
                    p ->
                        Arithmetic.scale(
                                Variable.constant(p.value()), (float) Math.sqrt(p.shape().dim(-1)))
                            .value()));

    Connections connections = Connections.of(network, batch);
    Masks masks = Pruner.of(own).prune(connections, 0.98);
    Masks rounds = Pruner.of(new SynapticFlow()).in(100).prune(connections, 0.98);
    Masks erk = Pruner.of(own).with(Allocation.erdosRenyiKernel()).prune(connections, 0.98);
    Masks inverted = Pruner.of(own.inverted()).prune(connections, 0.98);
    Masks shuffled = masks.shuffled(seed);
    Network redrawn = Sparsifier.compile(LeNet300100.create(new Seed(2)), masks);

    Pruner.Pruned pruned = Pruner.of(own).scoreAndPrune(connections, 0.98);
    Diagnosis diagnosis = Diagnosis.of(network, pruned);
    diagnosis.check(); // an exception if nothing is left of a layer
    double effectiveSparsity = diagnosis.wiring().sparsity();
    LossChanges exact = LossChanges.of(network, batch, pruned.scores(), 100, seed);
    double agreement = exact.rankCorrelation(); // of scores and true changes of the loss
    // SHOWN
    assertThat(effectiveSparsity).isBetween(0.98, 0.999);
    assertThat(agreement).isBetween(-1.0, 1.0);
    Mask first = Objects.requireNonNull(redrawn.masks().get("fc1.weight"));
    assertThat(first.toArray()).isEqualTo(masks.of("fc1.weight").toArray());
    for (Masks each : List.of(masks, rounds, erk, inverted, shuffled)) {
      assertThat(each.kept()).isEqualTo(5_332);
    }
    assertThat(masks.of("fc1.weight").kept()).isBetween(4_500, 4_900);
  }

  @Test
  void theStepsOfThePaper() {
    // SHOWN
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);
    // SHOWN

    // SHOWN
    Batch batch = Mnist.load().split(seed).train().sample(100, seed);
    Pass pass = Pass.connections(Pass.Mode.EVALUATE, seed, Biases.SCORED::prunable);
    Gradients gradients = network.loss(batch, pass).backward();
    Tensor g = gradients.of(pass.mask(network.parameter("fc1.weight")));
    // SHOWN

    // SHOWN
    Scores scores = ConnectionSensitivity.score(network, batch);
    // SHOWN

    // SHOWN
    int kappa = Kappa.of(scores.size(), 0.98);
    Masks masks = Masks.keepTop(scores, kappa);
    // SHOWN

    // SHOWN
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    // SHOWN
    assertThat(g.shape()).isEqualTo(network.parameter("fc1.weight").shape());
    assertThat(masks.kept()).isEqualTo(kappa).isEqualTo(5_332);
    assertThat(optimizer.steps()).isZero();
  }

  @Test
  void criteriaAreComparedInALoop() throws IOException {
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);
    Splits mnist = Mnist.load().split(seed);
    Connections connections = Connections.of(network, mnist.train().sample(100, seed));
    // SHOWN
    Map<String, Pruner> pruners = new LinkedHashMap<>();
    pruners.put("snip", Pruner.of(ConnectionSensitivity::score));
    pruners.put("force", Pruner.of(ConnectionSensitivity::score).in(10).reviving());
    pruners.put("grasp", Pruner.of(new GradientFlow()));
    pruners.put("random", Pruner.of(new RandomScores()));
    Map<String, Double> errors = new LinkedHashMap<>();
    pruners.forEach(
        (name, pruner) -> {
          Network sparse = Sparsifier.compile(network, pruner.prune(connections, 0.98));
          Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
          BatchSource batches = mnist.train().shuffled(100, seed);
          Trainer.fit(sparse, batches, optimizer, Schedule.constant(0.05), 540, seed);
          errors.put(name, Evaluation.of(sparse, mnist.test().inOrder(1_000)).error());
        });
    // SHOWN
    assertThat(errors).containsOnlyKeys("snip", "force", "grasp", "random");
    assertThat(errors.remove("random")).isGreaterThan(0.4);
    assertThat(errors.values()).allMatch(error -> error < 0.12);
  }

  @Test
  void connectionsMoveWhileANetworkIsTrained() {
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Network network = LeNet300100.create(seed);
    Connections connections = Connections.of(network, mnist.train().sample(100, seed));
    // SHOWN
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.98);
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    UpdateSchedule schedule = UpdateSchedule.every(100, 400, 0.3);
    MovingConnections moving = new MovingConnections(MoveRules.rigl(), schedule, sparse, seed);
    BatchSource batches = mnist.train().shuffled(100, seed);
    Trainer.fit(sparse, batches, optimizer, Schedule.constant(0.05), 540, seed, moving);
    double explored = (double) moving.everAlive() / moving.positions();
    // SHOWN
    assertThat(moving.moves()).hasSize(3);
    assertThat(explored).isBetween(0.021, 0.04);
    assertThat(sparse.masks().values().stream().mapToInt(Mask::kept).sum()).isEqualTo(5_332);
    assertThat(Evaluation.of(sparse, mnist.test().inOrder(1_000)).error()).isLessThan(0.1);
    // SHOWN
    DropRule smallest = DropRule.smallestMagnitude();
    GrowRule first = (vacancies, count) -> firstVacant(vacancies.taken(), count);
    MoveRules rules = new MoveRules(smallest, first, Redistribution.NONE);
    // SHOWN
    MovingConnections mine = new MovingConnections(rules, schedule, sparse, seed);
    Trainer.fit(sparse, batches, optimizer, Schedule.constant(0.05), 100, seed, mine);
    assertThat(mine.moves().get(0).moved()).isPositive();
  }

  private static int[] firstVacant(Structure taken, int count) {
    Set<Integer> occupied = Arrays.stream(taken.positions()).boxed().collect(Collectors.toSet());
    return IntStream.range(0, taken.shape().size())
        .filter(position -> !occupied.contains(position))
        .limit(count)
        .toArray();
  }

  @Test
  void aLayerOfOnesOwnIsPrunedTrainedSparseAndSaved() throws IOException {
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Path file = folder.resolve("own.npz");
    // SHOWN
    record Weighted(Parameter weight) implements Layer {
      @Override
      public Variable forward(Variable x, Pass pass) {
        return Products.linear(x, pass.weight(weight), null);
      }

      @Override
      public List<Parameter> parameters() {
        return List.of(weight);
      }

      @Override
      public Layer on(UnaryOperator<Parameter> change) {
        return new Weighted(change.apply(weight));
      }
    }

    Tensor w = VarianceScaling.lecun().draw(Shape.of(10, 784), seed);
    Layer layer = new Weighted(new Parameter("fc.weight", Parameter.Role.WEIGHT, w));
    Layer body = new Sequential(new Flatten(), layer);
    Network network = new Network("own", Shape.of(1, 28, 28), 10, body);
    Scores scores = ConnectionSensitivity.score(network, mnist.train().sample(100, seed));
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.9));
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    BatchSource batches = mnist.train().shuffled(100, seed);
    Trainer.fit(sparse, batches, optimizer, Schedule.constant(0.05), 540, seed);
    NetworkFile.save(file, sparse);
    // SHOWN
    Parameter kept = sparse.parameter("fc.weight");
    assertThat(kept.value().size()).isEqualTo(784);
    assertThat(Pass.evaluation().weight(kept).structure()).isInstanceOf(SparsePattern.class);
    assertThat(Evaluation.of(sparse, mnist.test().inOrder(1_000)).error()).isLessThan(0.25);
    Npz saved = Npz.read(file);
    assertThat(saved.floats("fc.weight").toArray()).isEqualTo(kept.dense().toArray());
    assertThat(saved.ints("mask.fc.weight")).containsOnly(0, 1);
  }
}
