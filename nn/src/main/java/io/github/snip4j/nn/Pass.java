package io.github.snip4j.nn;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a network: how its parameters enter the graph, whether it is training, and
 * where its random draws come from.
 *
 * <p>A pass serves one step, on one thread: a forward computation, its gradients, an update. The
 * next one takes a new pass, as this one knows the parameters as they were.
 */
public final class Pass {
  /** Whether layers that tell the two apart behave as in training or as in use. */
  public enum Mode {
    TRAIN,
    EVALUATE
  }

  /** Somebody who looks on. */
  @FunctionalInterface
  public interface Watcher {
    /** A layer has given y for x. */
    void saw(Layer layer, Variable x, Variable y);
  }

  /** What computes the outputs of layers within a pass; usually they themselves. */
  @FunctionalInterface
  public interface Substitute {
    /** The output of a layer; errors as {@link Layer#forward}. */
    Variable forward(Layer layer, Variable x, Pass pass);
  }

  private final Mode mode;
  private final Seed seed;
  private final PassParameters parameters;
  private final Substitute substitute;
  private final boolean alone;
  private final Set<String> drawn = new HashSet<>();
  private int depth; // of layers that are computing

  private Pass(Mode mode, Seed seed, Function<Parameter, Variable> entry, boolean alone) {
    this(mode, seed, new PassParameters((p, all) -> entry.apply(p), false), Layer::forward, alone);
  }

  private Pass(
      Mode mode, Seed seed, PassParameters parameters, Substitute substitute, boolean alone) {
    this.mode = mode;
    this.seed = seed;
    this.parameters = parameters;
    this.substitute = substitute;
    this.alone = alone;
  }

  /** Parameters are constants: no gradient is kept for anything. */
  public static Pass evaluation() {
    return new Pass(Mode.EVALUATE, new Seed(0), p -> Variable.constant(p.value()), false);
  }

  /**
   * Parameters are leaves: {@code gradients.of(pass.values(p))} is ∂L/∂w.
   *
   * @param seed of this step's random draws
   */
  public static Pass training(Seed seed) {
    return new Pass(Mode.TRAIN, seed, p -> Variable.leaf(p.value()), true);
  }

  /**
   * Some parameters are leaves, as of {@link #training(Seed)}; the others are constants, and no
   * gradient is computed for them.
   */
  public static Pass training(Seed seed, Predicate<Parameter> trained) {
    return new Pass(
        Mode.TRAIN,
        seed,
        p -> trained.test(p) ? Variable.leaf(p.value()) : Variable.constant(p.value()),
        true);
  }

  /**
   * Parameters are leaves of their whole shape, 0 where they are pruned: {@code
   * gradients.of(pass.values(p))} is ∂L/∂w at every position, also where no connection exists.
   * Layers compute forward and back with what exists alone; the gradients with respect to weights
   * take the time and the memory of dense ones.
   *
   * @param seed of this step's random draws
   */
  public static Pass wholeGradients(Seed seed) {
    return wholeGradients(seed, p -> true);
  }

  /**
   * Some parameters are leaves of their whole shape, as of {@link #wholeGradients(Seed)}; the
   * others are constants, and no gradient is computed for them.
   */
  public static Pass wholeGradients(Seed seed, Predicate<Parameter> trained) {
    return new Pass(
        Mode.TRAIN,
        seed,
        new PassParameters(
            (p, all) -> trained.test(p) ? Variable.leaf(p.dense()) : Variable.constant(p.dense()),
            true),
        Layer::forward,
        false);
  }

  /**
   * Parameters are leaves that stand for others' values: for somebody who asks how a network
   * depends on them, whatever they are. {@code pass.values(p)} is the leaf of a parameter.
   *
   * @param w what stands in for the values of a parameter, in their shape
   */
  public static Pass leaves(Mode mode, Seed seed, Function<Parameter, Tensor> w) {
    return new Pass(mode, seed, p -> Variable.leaf(w.apply(p)), false);
  }

  /**
   * Parameters are c ⊙ w with c = 1 a leaf (the paper's L(c ⊙ w; D), before its equation 4): {@code
   * gradients.of(pass.mask(p))} is ∂L/∂c. Each connection has a mask variable of its own.
   *
   * @param prunable which parameters have masks; the others are constants
   */
  public static Pass connections(Mode mode, Seed seed, Predicate<Parameter> prunable) {
    return connections(
        mode,
        seed,
        p -> prunable.test(p) ? Tensor.full(p.value().shape(), 1f) : null,
        parameter -> parameter.value());
  }

  /**
   * Parameters are c ⊙ w with c a leaf, at any c and for any w.
   *
   * @param c where the masks of a parameter stand, in its shape; null for no masks: it is the
   *     constant w
   * @param w what stands in for the values of a parameter, in its shape
   */
  public static Pass connections(
      Mode mode,
      Seed seed,
      Function<Parameter, @Nullable Tensor> c,
      Function<Parameter, Tensor> w) {
    return new Pass(
        mode,
        seed,
        new PassParameters((p, all) -> all.masked(p, c.apply(p), w.apply(p)), false),
        Layer::forward,
        false);
  }

  /**
   * A new pass like this one that also shows what each layer gives.
   *
   * @param watching is told of inner layers before those that they are part of
   */
  public Pass watchedBy(Watcher watching) {
    return substituting(
        (layer, x, pass) -> {
          Variable y = substitute.forward(layer, x, pass);
          watching.saw(layer, x, y);
          return y;
        });
  }

  /** A new pass like this one in which something else computes the outputs of layers. */
  public Pass substituting(Substitute other) {
    return new Pass(mode, seed, parameters.anew(), other, false);
  }

  /**
   * The output of a layer within this pass: the one place that layers are called from, so that
   * whatever is wrong is told under the layer's name.
   *
   * @throws IllegalArgumentException if the layer does not take this input
   * @throws IllegalStateException if a parameter has changed since this pass first used it
   */
  public Variable through(Layer layer, Variable x) {
    return through(layer, x, substitute);
  }

  /**
   * The output of this layer and the next one, which something else computes together: allowed in a
   * pass that {@linkplain #isTrainingAlone trains alone}.
   *
   * @param layer the first of them, under whose name errors are told
   * @throws IllegalArgumentException if the layers do not take this input
   * @throws IllegalStateException if a parameter has changed since this pass first used it
   */
  public Variable through(Layer layer, Variable x, Substitute together) {
    if (depth == 0) {
      parameters.checkUnchanged();
    }
    depth++;
    try {
      return together.forward(layer, x, this);
    } catch (LayerException e) { // an inner layer has said it
      throw e;
    } catch (IllegalArgumentException e) {
      if (layer.name().isEmpty()) {
        throw e;
      }
      throw new LayerException(layer.name(), e);
    } finally {
      depth--;
    }
  }

  public Mode mode() {
    return mode;
  }

  /**
   * Whether this pass trains and does nothing else, so that layers that follow one another may be
   * computed in one. True of {@link #training} alone: who watches layers or looks at single
   * operations takes another pass.
   */
  public boolean isTrainingAlone() {
    return alone;
  }

  /**
   * Where the random draws of a layer come from: a pure function of the pass's seed and the name.
   *
   * @param layer its name
   * @throws IllegalArgumentException if a layer of this name has drawn in this pass: the two would
   *     draw the same
   */
  public Seed draws(String layer) {
    if (!drawn.add(layer)) {
      throw new IllegalArgumentException(
          ("random draws: '" + layer + "' has drawn in this pass: ")
              + "expected a name of its own for each layer that draws, and a new Pass for each step");
    }
    return seed.child(layer);
  }

  /**
   * What the values that a parameter holds are in this pass, those that are kept if it is pruned
   * (all of them in {@link #wholeGradients}); the same variable each time.
   */
  public Variable values(Parameter parameter) {
    return parameters.values(parameter);
  }

  /**
   * The gradient with respect to the values that a parameter holds, those that are kept if it is
   * pruned.
   *
   * @param gradients of a loss that was computed in this pass
   * @throws IllegalArgumentException if the loss does not depend on them
   * @throws IllegalStateException if other values exist now than when the pass used the parameter
   */
  public Tensor gradient(Parameter parameter, Gradients gradients) {
    return parameters.gradient(parameter, gradients);
  }

  /** Whether a parameter has been asked for: layers ask for those that they compute with. */
  public boolean isUsed(Parameter parameter) {
    return parameters.isUsed(parameter);
  }

  /**
   * A parameter as operations take it that multiply by a weight: they compute with what exists of
   * it. The same weight each time.
   */
  public Weight weight(Parameter parameter) {
    return parameters.weight(parameter);
  }

  /** A parameter of its whole shape, with 0 where it is pruned; the same variable each time. */
  public Variable variable(Parameter parameter) {
    return parameter.isPruned() ? weight(parameter).whole() : values(parameter);
  }

  /**
   * The mask variable c of a parameter, of its value's shape.
   *
   * @throws IllegalArgumentException if this pass gave it none, or it has not been used yet
   */
  public Variable mask(Parameter parameter) {
    return parameters.mask(parameter);
  }
}
