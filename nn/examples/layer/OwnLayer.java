// A layer of your own: a gated linear unit, y = (w x + b) ⊙ sigmoid(v x + c). It is trained and
// pruned like the layers of the engine, and its network is saved and read.
//
//     ./snip4j --version        # builds what is needed
//     java -cp 'bench/target/lib/*' nn/examples/layer/OwnLayer.java

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.autograd.op.Products;
import io.github.snip4j.core.data.Batches;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.LayerMaker;
import io.github.snip4j.nn.LayerSpec;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

public final class OwnLayer {
  private static final int STEPS = Integer.getInteger("steps", 2_000);

  /** x [in, N], w and v [out, in], b and c [out], y [out, N]. */
  static final class Gated implements Layer {
    private final Parameter w;
    private final Parameter b;
    private final Parameter v;
    private final Parameter c;

    Gated(String name, int in, int out, Initializer init, Seed seed) {
      this(
          weight(name + ".weight", in, out, init, seed),
          bias(name + ".bias", out),
          weight(name + ".gate_weight", in, out, init, seed),
          bias(name + ".gate_bias", out));
    }

    private Gated(Parameter w, Parameter b, Parameter v, Parameter c) {
      this.w = w;
      this.b = b;
      this.v = v;
      this.c = c;
    }

    private static Parameter weight(String name, int in, int out, Initializer init, Seed seed) {
      Tensor values = init.draw(Shape.of(out, in), seed.child(name));
      return new Parameter(name, Parameter.Role.WEIGHT, values);
    }

    private static Parameter bias(String name, int out) {
      return new Parameter(name, Parameter.Role.BIAS, Tensor.zeros(Shape.of(out)));
    }

    @Override
    public Variable forward(Variable x, Pass pass) { // dense or sparse: pass.weight knows
      Variable values = Products.linear(x, pass.weight(w), pass.variable(b));
      Variable gates = Products.linear(x, pass.weight(v), pass.variable(c));
      return Arithmetic.multiply(values, Elementwise.sigmoid(gates));
    }

    @Override
    public String name() {
      return w.layer();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(w, b, v, c);
    }

    @Override
    public Layer on(UnaryOperator<Parameter> change) { // needed to copy and to prune it
      return new Gated(change.apply(w), change.apply(b), change.apply(v), change.apply(c));
    }

    @Override
    public LayerSpec describe() { // needed to save it
      return LayerSpec.of("gated")
          .with("name", name())
          .with("in", w.shape().dim(1))
          .with("out", w.shape().dim(0));
    }
  }

  /** Makes it again from what a file says. */
  static final class GatedMaker implements LayerMaker {
    @Override
    public boolean makes(String kind) {
      return kind.equals("gated");
    }

    @Override
    public Layer make(LayerSpec spec, List<Layer> parts, Initializer values) {
      String name = spec.text("name");
      return new Gated(name, spec.number("in"), spec.number("out"), values, new Seed(0));
    }
  }

  private OwnLayer() {}

  public static void main(String[] args) throws IOException {
    Seed seed = new Seed(1);
    float[][] x = new float[2_000][2];
    float[][] y = new float[x.length][1];
    for (int n = 0; n < x.length; n++) { // y = a b: a product, which gates are made for
      x[n][0] = (float) seed.child("a").normal(n);
      x[n][1] = (float) seed.child("b").normal(n);
      y[n][0] = x[n][0] * x[n][1];
    }
    Batches.Split parts = Batches.of(x, y).split(0.2, seed);
    VarianceScaling init = VarianceScaling.glorot();
    Network network =
        new Network(
                "own",
                Shape.of(2),
                1,
                new Sequential(
                    new Gated("gated", 2, 32, init, seed), new Linear("fc", 32, 1, init, seed)))
            .with(Objective.meanSquared());

    // Half of the gated weights: every other one, as an example of a mask that is given.
    Shape shape = network.parameter("gated.weight").shape();
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = i % 2 == i / 2 % 2;
    }
    Network sparse = network.restructured(Map.of("gated.weight", new Mask(shape, keep)));

    Optimizer optimizer = new Optimizer(Adam.adam(0), sparse);
    Schedule rate = Schedule.cosine(0.01, 0, STEPS);
    Trainer.fit(sparse, parts.rest().shuffled(64, seed), optimizer, rate, STEPS, seed);
    double loss = Evaluation.of(sparse, parts.part().inOrder(100)).loss();
    System.out.printf(Locale.ROOT, "mean squared error %.4f of a product of variance 1%n", loss);

    Path file = Files.createTempFile("own-layer", ".npz");
    NetworkFile.save(file, sparse);
    Network saved = NetworkFile.read(file, new GatedMaker()).network();
    System.out.printf(
        Locale.ROOT,
        "2 times 0.5 is %.2f, and from the file %.2f%n",
        sparse.predict(2, 0.5f)[0],
        saved.predict(2, 0.5f)[0]);
  }
}
