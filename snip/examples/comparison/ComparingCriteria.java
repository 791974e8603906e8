// A comparison of criteria: prunes LeNet-300-100 by each of five to three sparsities, trains what
// is
// left, and prints the test errors as a table. `./snip4j compare` does so with seeds, intervals and
// a
// report; this is the same in sixty lines, to change as you like.
//
//     ./snip4j --version        # builds what is needed
//     java --add-modules jdk.incubator.vector -cp 'bench/target/lib/*' \
//         snip/examples/comparison/ComparingCriteria.java

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
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.Magnitude;
import io.github.snip4j.snip.criterion.RandomScores;
import io.github.snip4j.snip.criterion.SynapticFlow;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

public final class ComparingCriteria {
  private static final int STEPS = Integer.getInteger("steps", 2_000);
  private static final double[] SPARSITIES = {0.9, 0.98, 0.99};

  private ComparingCriteria() {}

  public static void main(String[] args) {
    Map<String, Pruner> pruners = new LinkedHashMap<>();
    pruners.put("SNIP", Pruner.of(ConnectionSensitivity::score));
    pruners.put("GraSP", Pruner.of(new GradientFlow()));
    pruners.put("SynFlow, 100 rounds", Pruner.of(new SynapticFlow()).in(100));
    pruners.put("magnitude", Pruner.of(new Magnitude()));
    pruners.put("random", Pruner.of(new RandomScores()));

    Seed seed = new Seed(1);
    Splits mnist = Mnist.load().split(seed);
    Network network = LeNet300100.create(seed);
    Connections connections = Connections.of(network, mnist.train().sample(100, seed));
    System.out.println("test error in %         90 % pruned     98 %     99 %");
    pruners.forEach(
        (name, pruner) -> {
          System.out.printf("%-25s", name);
          for (double sparsity : SPARSITIES) {
            Network sparse = Sparsifier.compile(network, pruner.prune(connections, sparsity));
            System.out.printf(Locale.ROOT, "%9.1f", 100 * trainedError(sparse, mnist, seed));
          }
          System.out.println();
        });
  }

  private static double trainedError(Network sparse, Splits mnist, Seed seed) {
    Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), sparse);
    Schedule rate = Schedule.cosine(0.1, 0, STEPS);
    Trainer.fit(sparse, mnist.train().shuffled(100, seed), optimizer, rate, STEPS, seed);
    return Evaluation.of(sparse, mnist.test().inOrder(1_000)).error();
  }
}
