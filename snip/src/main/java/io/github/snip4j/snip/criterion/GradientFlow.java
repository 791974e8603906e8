package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Losses;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.PreservingStatistics;
import io.github.snip4j.snip.Scores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * GraSP: connections are kept whose removal would reduce the flow of gradients. Removing
 * w<sub>j</sub> changes ||g||<sup>2</sup>, g = ∂L/∂w, by about -2 w<sub>j</sub> (H g)<sub>j</sub>,
 * H the Hessian of L; kept are the largest s<sub>j</sub> = w<sub>j</sub> (H g)<sub>j</sub>, which
 * may be negative [Wang, Zhang, Grosse, <i>Picking winning tickets before training by preserving
 * gradient flow</i>, ICLR 2020: equation 8 and algorithm 1, with the opposite sign].
 *
 * <p>How H g is computed: as the central difference of two gradients, H g ≈ (∇L(w + h g) - ∇L(w - h
 * g)) / 2h, where h g is 1/512 as long as w. The error is of the order h<sup>2</sup>; a shorter
 * step would lose more digits of the difference than it gains. All that has a kink (the {@linkplain
 * io.github.snip4j.autograd.Operation operations} say so) stays on the side where it is at w:
 * between two points with a kink in between, a difference of gradients would also see the kink. The
 * sum over all examples is taken for g and for H, which is the mean up to a factor.
 *
 * @param temperature what logits are divided by; 200 in the authors' code
 * @param mode whether batch norms use their running statistics or, as in the authors' code, those
 *     of each batch; the running ones are not modified
 */
public record GradientFlow(double temperature, Pass.Mode mode) implements Criterion {
  /** The authors' temperature, 200. */
  public static final double TEMPERATURE = 200;

  private static final double STEP = 1.0 / 512;

  /** Checks the temperature. */
  public GradientFlow {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature " + temperature + ": expected a number above 0");
    }
  }

  /** The authors' temperature; running statistics, as connection sensitivity is scored. */
  public GradientFlow() {
    this(TEMPERATURE, Pass.Mode.EVALUATE);
  }

  @Override
  public Scores score(Connections connections) {
    Map<String, Tensor> hg = hessianGradientProduct(connections);
    return connections.signedScores(
        connections.each(p -> Broadcast.multiply(connections.weights(p), of(hg, p))));
  }

  /** H g by parameter. */
  Map<String, Tensor> hessianGradientProduct(Connections connections) {
    return PreservingStatistics.by(
        connections.network(),
        () -> {
          Map<String, Tensor> w = connections.each(connections::weights);
          Map<String, Tensor> g = new LinkedHashMap<>();
          LossGraph last = null;
          for (Batch batch : connections.batches()) {
            last = graph(connections, batch);
            add(g, last.gradient());
          }
          double length = length(g);
          if (length == 0) {
            return g; // then H g is 0 too
          }
          double h = STEP * length(w) / length;
          Map<String, Tensor> ahead = new LinkedHashMap<>();
          Map<String, Tensor> behind = new LinkedHashMap<>();
          for (Batch batch : connections.batches()) {
            boolean alone = connections.batches().size() == 1; // else they would fill the memory
            LossGraph graph = alone && last != null ? last : graph(connections, batch);
            add(ahead, graph.at(moved(w, g, h)).gradient());
            add(behind, graph.at(moved(w, g, -h)).gradient());
          }
          return connections.each(
              p ->
                  Pointwise.scale(
                      Broadcast.subtract(of(ahead, p), of(behind, p)), (float) (0.5 / h)));
        });
  }

  private static Map<String, Tensor> moved(Map<String, Tensor> w, Map<String, Tensor> g, double h) {
    Map<String, Tensor> moved = new LinkedHashMap<>(g);
    moved.replaceAll(
        (name, along) ->
            Broadcast.add(Objects.requireNonNull(w.get(name)), Pointwise.scale(along, (float) h)));
    return moved;
  }

  private static void add(Map<String, Tensor> sum, Map<String, Tensor> next) {
    next.forEach((name, g) -> sum.merge(name, g, Broadcast::add));
  }

  /**
   * The loss of a batch and the weights that it was computed from. In the product c ⊙ w the two
   * change their parts here: w is the leaf, c the constant.
   */
  private LossGraph graph(Connections connections, Batch batch) {
    Pass pass =
        Pass.connections(
            mode,
            connections.seed(),
            p -> connections.contain(p) ? connections.weights(p) : null,
            p -> connections.contain(p) ? connections.c(p) : p.value());
    Variable cooled = Variable.constant(Tensor.scalar((float) (1 / temperature)));
    Variable logits = connections.network().forward(Variable.constant(batch.x()), pass);
    Variable loss = Losses.crossEntropy(Arithmetic.multiply(logits, cooled), batch.labels());
    float share = (float) batch.size() / connections.batches().get(0).size();
    return new LossGraph(loss, connections.eachOf(pass::mask), share);
  }

  private static Tensor of(Map<String, Tensor> byName, Parameter parameter) {
    return Objects.requireNonNull(byName.get(parameter.name()));
  }

  private static double length(Map<String, Tensor> vector) {
    double squares = 0;
    for (Tensor part : vector.values()) {
      for (float value : part.toArray()) {
        squares += (double) value * value;
      }
    }
    return Math.sqrt(squares);
  }
}
