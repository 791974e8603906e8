package io.github.snip4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.kernel.Pointwise;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.criterion.SynapticFlow;
import io.github.snip4j.snip.diagnosis.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what compiles and runs here. */
class ReadmeTest {
  @Test
  void theDozenLinesPruneAndTrain() {
    // README
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
    // README
    assertThat(masks.kept()).isEqualTo(5_332);
    assertThat(error).isLessThan(0.05);
  }

  @Test
  void aCriterionOfOnesOwnIsALambda() {
    Seed seed = new Seed(1);
    Network network = LeNet300100.create(seed);
    Batch batch = Mnist.load().split(seed).train().sample(100, seed);
    // README
    // magnitude, in units of how large weights with so many inputs are drawn
    Criterion own =
        connections ->
            Scores.of(
                connections.each(
                    p -> Pointwise.scale(p.value(), (float) Math.sqrt(p.shape().dim(-1)))));

    Connections connections = Connections.of(network, batch);
    Masks masks = Pruner.of(own).prune(connections, 0.98);
    Masks rounds = Pruner.of(new SynapticFlow()).in(100).prune(connections, 0.98);
    Masks erk = Pruner.of(own).with(Allocation.erdosRenyiKernel()).prune(connections, 0.98);
    Masks inverted = Pruner.of(own.inverted()).prune(connections, 0.98);
    Masks shuffled = masks.shuffled(seed);

    Wiring wiring = Wiring.of(network, masks);
    double effectiveSparsity = wiring.sparsity();
    // README
    for (Masks each : List.of(masks, rounds, erk, inverted, shuffled)) {
      assertThat(each.kept()).isEqualTo(5_332);
    }
    assertThat(masks.of("fc1.weight").kept()).isBetween(4_500, 4_900);
    assertThat(effectiveSparsity).isBetween(0.98, 0.999);
  }

  @Test
  void theReadmeShowsExactlyThoseLines() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/github/snip4j/bench/ReadmeTest.java"));
    String[] parts = source.split(" +// README\n", -1);
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../README.md")));
    for (int i = 1; i < parts.length; i += 2) {
      assertThat(block.find()).isTrue();
      assertThat(block.group(1).strip()).isEqualTo(parts[i].stripTrailing().stripIndent());
    }
  }

  @Test
  void everythingTheReadmePointsToIsThere() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher link = Pattern.compile("\\]\\((?!http)([^)#]+)\\)").matcher(readme);
    int links = 0;
    while (link.find()) {
      assertThat(Path.of("..", link.group(1))).exists();
      links++;
    }
    assertThat(links).isGreaterThan(8);
  }
}
