package io.github.snip4j.snip.criterion;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.internal.kernel.Pointwise;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.objective.Objective;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.PreservingStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Products H v of the Hessian H of a network's loss by its weights with vectors v, without H
 * itself.
 *
 * <p>How: as the central difference of two gradients, H v ≈ (∇L(w + h v) - ∇L(w - h v)) / 2h, where
 * h v is 1/512 as long as w. The error is of the order h<sup>2</sup>; a shorter step would lose
 * more digits of the difference than it gains. All that has a kink (the {@linkplain
 * io.github.snip4j.autograd.Operation operations} say so) stays on the side where it is at w:
 * between two points with a kink in between, a difference of gradients would also see the kink.
 *
 * <p>L is the network's objective on the first batch; of several batches the sum over all examples,
 * divided by what the mean of the first is over. The network is not modified, nor are running
 * statistics. Of one thread at a time; it keeps the graph of its batch where it has only one.
 */
public final class HessianProduct {
  private static final double STEP = 1.0 / 512;

  private final Connections connections;
  private final Pass.Mode mode;
  private final double temperature;
  private @Nullable LossGraph alone; // of the only batch: those of several would fill the memory

  HessianProduct(Connections connections, Pass.Mode mode, double temperature) {
    this.connections = connections;
    this.mode = mode;
    this.temperature = temperature;
    if (temperature != 1 && !connections.network().objective().isOfLogits()) {
      throw new IllegalArgumentException(
          ("temperature " + temperature + " divides logits, and " + connections.network().name())
              + (" gives none: " + connections.network().objective() + " takes temperature 1"));
    }
  }

  /**
   * Of the loss on the batches of some connections, by their weights.
   *
   * @param mode whether batch norms use their running statistics, or those of each batch
   */
  public static HessianProduct of(Connections connections, Pass.Mode mode) {
    return new HessianProduct(connections, mode, 1);
  }

  /**
   * Of a loss whose logits are divided by a temperature, as {@link GradientFlow} takes it.
   *
   * @param mode as for {@link #of(Connections, Pass.Mode)}
   * @throws IllegalArgumentException if there are no logits, and the temperature is not 1
   */
  public static HessianProduct of(Connections connections, Pass.Mode mode, double temperature) {
    return new HessianProduct(connections, mode, temperature);
  }

  /** The gradient ∂L/∂w, by parameter name. */
  public Map<String, Tensor> gradient() {
    return PreservingStatistics.by(
        connections.network(),
        () -> {
          Map<String, Tensor> g = new LinkedHashMap<>();
          for (Batch batch : connections.batches()) {
            add(g, graph(batch).gradient());
          }
          return g;
        });
  }

  /**
   * H v.
   *
   * @param v by parameter name, a tensor for each parameter of the connections, of the shape of its
   *     weights; not modified
   * @return likewise
   * @throws IllegalArgumentException if one is missing or has another shape, or an operation of the
   *     network does not say what kind of function it is
   */
  public Map<String, Tensor> times(Map<String, Tensor> v) {
    Map<String, Tensor> w = connections.each(connections::weights);
    w.forEach((name, weights) -> check(name, weights, v.get(name)));
    double length = length(connections.each(p -> of(v, p)));
    if (length == 0) {
      return connections.each(p -> Tensor.zeros(of(v, p).shape()));
    }
    return PreservingStatistics.by(
        connections.network(),
        () -> {
          double h = STEP * length(w) / length;
          Map<String, Tensor> ahead = new LinkedHashMap<>();
          Map<String, Tensor> behind = new LinkedHashMap<>();
          for (Batch batch : connections.batches()) {
            LossGraph graph = graph(batch);
            add(ahead, graph.at(moved(w, v, h)).gradient());
            add(behind, graph.at(moved(w, v, -h)).gradient());
          }
          return connections.each(
              p ->
                  Pointwise.scale(
                      Broadcast.subtract(of(ahead, p), of(behind, p)), (float) (0.5 / h)));
        });
  }

  private static void check(String name, Tensor weights, @Nullable Tensor v) {
    if (v == null || !v.shape().equals(weights.shape())) {
      throw new IllegalArgumentException(
          ("hessian product: " + (v == null ? "nothing" : "a tensor " + v.shape()))
              + (" for " + name + ": expected " + weights.shape()));
    }
  }

  private static Map<String, Tensor> moved(Map<String, Tensor> w, Map<String, Tensor> v, double h) {
    Map<String, Tensor> moved = new LinkedHashMap<>(w);
    moved.replaceAll(
        (name, from) ->
            Broadcast.add(from, Pointwise.scale(Objects.requireNonNull(v.get(name)), (float) h)));
    return moved;
  }

  private static void add(Map<String, Tensor> sum, Map<String, Tensor> next) {
    next.forEach((name, g) -> sum.merge(name, g, Broadcast::add));
  }

  /**
   * The loss of a batch and the weights that it was computed from. In the product c ⊙ w the two
   * change their parts here: w is the leaf, c the constant.
   */
  private LossGraph graph(Batch batch) {
    if (alone != null) {
      return alone;
    }
    Pass pass =
        Pass.connections(
            mode,
            connections.seed(),
            p -> connections.contain(p) ? connections.weights(p) : null,
            p -> connections.contain(p) ? connections.c(p) : p.value());
    Variable cooled = Variable.constant(Tensor.scalar((float) (1 / temperature)));
    Objective objective = connections.network().objective();
    Variable outputs = connections.network().forward(Variable.constant(batch.x()), pass);
    Variable loss = objective.loss(Arithmetic.multiply(outputs, cooled), batch.targets());
    double first = objective.count(connections.batches().get(0).targets());
    float share = (float) (objective.count(batch.targets()) / first);
    LossGraph graph = new LossGraph(loss, connections.eachOf(pass::mask), share);
    alone = connections.batches().size() == 1 ? graph : null;
    return graph;
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
