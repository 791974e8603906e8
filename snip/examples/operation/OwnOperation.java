// An operation of your own: y = sin x, with its gradient, and the check of that gradient. It is
// used in a layer between two linear ones [Sitzmann et al., Implicit neural representations with
// periodic activation functions, 2020], and the network is pruned by SNIP and trained.
//
//     ./snip4j --version        # builds what is needed
//     java -cp 'bench/target/lib/*' snip/examples/operation/OwnOperation.java

import io.github.snip4j.autograd.GradCheck;
import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Normal;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import java.util.Locale;

public final class OwnOperation {
  private static final int STEPS = Integer.getInteger("steps", 1_000);

  private OwnOperation() {}

  /** y = sin x for each element, of any shape. The gradient: dx = cos x ⊙ dy. */
  static Variable sine(Variable x) {
    Tensor y = Tensor.zeros(x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.put(i, (float) Math.sin(x.value().at(i)));
    }
    return Variable.of(
        Operation.smooth("sine", OwnOperation::sine, x), // what kind of function it is
        y,
        x.pull(dy -> timesCosine(dy, x.value()))); // such a line for each input
  }

  private static Tensor timesCosine(Tensor dy, Tensor x) {
    Tensor dx = Tensor.zeros(x.shape());
    for (int i = 0; i < dx.size(); i++) {
      dx.put(i, (float) Math.cos(x.at(i)) * dy.at(i));
    }
    return dx;
  }

  /** Compares the gradient with differences, for one element and for several. */
  private static void check(Seed seed) {
    for (Shape shape : new Shape[] {Shape.of(1), Shape.of(5, 3)}) {
      Tensor x = Tensor.zeros(shape);
      for (int i = 0; i < x.size(); i++) {
        x.put(i, (float) (2 * seed.normal(i)));
      }
      GradCheck.check(1e-3, inputs -> sine(inputs.get(0)), seed, x);
      System.out.println("the gradient for " + shape + " is that of the differences");
    }
  }

  public static void main(String[] args) {
    Seed seed = new Seed(1);
    check(seed);

    float[][] x = new float[4_000][2];
    float[][] y = new float[x.length][1];
    for (int n = 0; n < x.length; n++) { // y = sin 4a + sin 3b
      x[n][0] = (float) seed.child("a").normal(n);
      x[n][1] = (float) seed.child("b").normal(n);
      y[n][0] = (float) (Math.sin(4 * x[n][0]) + Math.sin(3 * x[n][1]));
    }
    Batches.Split parts = Batches.of(x, y).split(0.2, seed);
    VarianceScaling init = VarianceScaling.glorot();
    Layer waves = (in, pass) -> sine(in);
    Network network =
        new Network(
                "waves",
                Shape.of(2),
                1,
                new Sequential(
                    new Linear("fc1", 2, 128, new Normal(3), seed),
                    waves,
                    new Linear("fc2", 128, 32, init, seed),
                    waves,
                    new Linear("fc3", 32, 1, init, seed)))
            .with(Objective.meanSquared());

    // A bias begins at 0, and so does its score: all biases go. Sines, and y, need none.
    Connections connections = Connections.of(network, parts.rest().sample(500, seed));
    Masks masks = Pruner.of(ConnectionSensitivity::score).prune(connections, 0.8);
    Network sparse = Sparsifier.compile(network, masks);
    Optimizer optimizer = new Optimizer(Adam.adam(0), sparse);
    Schedule rate = Schedule.cosine(0.02, 0, STEPS);
    Trainer.fit(sparse, parts.rest().shuffled(64, seed), optimizer, rate, STEPS, seed);
    double loss = Evaluation.of(sparse, parts.part().inOrder(100)).loss();
    System.out.printf(
        Locale.ROOT,
        "kept %d of %d connections: mean squared error %.4f of waves of variance 1%n",
        masks.kept(),
        network.connections(),
        loss);
  }
}
