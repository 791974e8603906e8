package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.DataParallel;
import io.github.snip4j.nn.train.GradientSum;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.nn.train.TrainingOptions;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.SensitivitySum;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page on clusters shows. */
class ClusterSnippetsTest {
  @Test
  void partsOfADatasetAreScoredApart() {
    Network network = LeNet300100.create(new Seed(1));
    BatchSource batches = Mnist.load().split(new Seed(1)).train().inOrder(20);
    Connections connections = Connections.of(network, Biases.SCORED, List.of(), new Seed(1));
    List<List<Batch>> parts =
        List.of(List.of(batches.at(2), batches.at(0)), List.of(batches.at(1)));
    int kappa = 1000;
    // SHOWN
    SensitivitySum sum = SensitivitySum.none(connections);
    for (List<Batch> part : parts) { // elsewhere, and at the same time
      SensitivitySum partial = SensitivitySum.none(connections);
      part.forEach(batch -> partial.add(connections, batch, Pass.Mode.EVALUATE));
      byte[] bytes = partial.toBytes();
      sum.merge(SensitivitySum.ofBytes(connections, bytes)); // here, as they arrive
    }
    Masks masks = Masks.keepTop(connections.scores(sum.mean()), kappa);
    // SHOWN
    assertThat(masks.kept()).isEqualTo(kappa);
    assertThat(sum.count()).isEqualTo(60);
  }

  @Test
  void copiesOfANetworkTakeTheSameSteps() {
    Seed seed = new Seed(1);
    BatchSource batches = Mnist.load().split(seed).train().inOrder(20);
    Network network = LeNet300100.create(seed);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    double rate = 0.1;
    long i = 0;
    // SHOWN
    TrainingOptions how = TrainingOptions.PLAIN.inParts(2);
    DataParallel parallel = new DataParallel(network, optimizer, how);
    GradientSum sum = new GradientSum();
    for (int k = 0; k < 2; k++) { // on machine k, as step i of a training
      GradientSum part = new GradientSum();
      parallel.add(part, batches.at(i).part(k, 2), k, i, rate, seed.child(i));
      sum.add(part); // where the parts meet, in their order
    }
    parallel.step(sum, rate); // on every machine
    // SHOWN
    Network alone = LeNet300100.create(seed);
    Optimizer mover = new Optimizer(new Sgd(0.9, false, 5e-4), alone);
    Trainer.fit(alone, batches, mover, Schedule.constant(rate), how, 0, 1, seed);
    assertThat(network.parameter("fc1.weight").value().toArray())
        .isEqualTo(alone.parameter("fc1.weight").value().toArray());
    assertThat(optimizer.steps()).isEqualTo(1);
  }
}
