// A criterion of your own: the diagonal of the empirical Fisher information of the connections, the
// mean over mini-batches of (∂L/∂c)², beside SNIP's |∂L/∂c| of the mean. Everything that prunes
// takes it: rounds, allocations, diagnoses.
//
//     ./snip4j --version        # builds what is needed
//     java -cp 'bench/target/lib/*' snip/examples/criterion/OwnCriterion.java

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.Sparsifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

public final class OwnCriterion {
  private static final int STEPS = Integer.getInteger("steps", 1_500);

  private OwnCriterion() {}

  /** The scores: from the connections, with the batches and masks that they have. */
  static Scores fisher(Connections connections) {
    Map<String, Tensor> sums = connections.each(parameter -> Tensor.zeros(parameter.shape()));
    for (Batch batch : connections.batches()) {
      Map<String, Tensor> g = ConnectionSensitivity.of(connections, batch, Pass.Mode.EVALUATE);
      sums.forEach((name, sum) -> addSquares(g.get(name), sum));
    }
    return connections.scores(sums);
  }

  private static void addSquares(Tensor g, Tensor sum) {
    for (int i = 0; i < g.size(); i++) {
      sum.put(i, sum.at(i) + g.at(i) * g.at(i));
    }
  }

  public static void main(String[] args) {
    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Network network = LeNet300100.create(seed);
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batches.add(mnist.train().sample(100, seed.child(i)));
    }
    Connections connections = Connections.of(network, Biases.SCORED, batches, seed);

    compare("fisher", OwnCriterion::fisher, connections, mnist, seed);
    compare("snip", ConnectionSensitivity::score, connections, mnist, seed);
  }

  private static void compare(
      String name, Criterion criterion, Connections connections, Splits mnist, Seed seed) {
    Masks masks = Pruner.of(criterion).prune(connections, 0.98);
    Network sparse = Sparsifier.compile(connections.network(), masks);
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.cosine(0.1, 0, STEPS);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, STEPS, seed);
    double error = Evaluation.of(sparse, mnist.test().inOrder(1_000)).error();
    System.out.printf(
        Locale.ROOT, "%s: kept %d, test error %.1f %%%n", name, masks.kept(), 100 * error);
  }
}
