package consumer;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prunes LeNet-300-100, trains it a little on MNIST, saves it, and evaluates what was saved. */
public final class Program {
  private Program() {}

  public static void main(String[] args) throws Exception {
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Network network = LeNet300100.create(seed);
    Batch batch = mnist.train().sample(100, seed);
    Scores scores = ConnectionSensitivity.score(network, batch);
    Masks masks = Masks.keepTop(scores, Kappa.of(scores.size(), 0.98));
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.constant(0.1);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, 300, seed);

    Path file = Files.createTempFile("consumer", ".npz");
    NetworkFile.save(file, sparse);
    Network saved = NetworkFile.read(file).network();
    Files.delete(file);
    double error = Evaluation.of(saved, mnist.test().inOrder(1_000)).error();
    if (error > 0.2) {
      throw new IllegalStateException("test error " + error);
    }
    System.out.printf(
        "kept %d of %d, test error %.1f %%%n", masks.kept(), scores.size(), 100 * error);
  }
}
