package io.github.snip4j.nn.optim;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.Pass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Applies an {@link UpdateRule} to the parameters of a network.
 *
 * <p>Weight decay is for weights and biases, as in the paper's code; the scale and the shift of a
 * normalisation have none.
 *
 * <p>Some parameters may be moved in another way: {@link Group}.
 *
 * <p>Of one network and one thread at a time. Memory: as many arrays as the rule keeps, each as
 * long as the values that exist.
 *
 * <p>A pruned parameter holds only its kept values, so only they move and have state; the pruned
 * ones are 0 and stay exactly 0, whatever momentum and decay do. Where {@link Network#restructure}
 * has changed which values exist, state is carried over by position before it is next used, and
 * begins at 0 where a value is new.
 */
public final class Optimizer {
  private static final Group REST = Group.rate(1, p -> true);

  private final UpdateRule rule;
  private final List<Group> groups;
  private final List<TrainedParameter> trained = new ArrayList<>();
  private long steps;

  /**
   * An optimiser for the values that the parameters hold.
   *
   * @param groups parameters that are moved in another way; one that is in several belongs to the
   *     first
   */
  public Optimizer(UpdateRule rule, Network network, Group... groups) {
    this(rule, network, List.of(groups));
  }

  private Optimizer(UpdateRule rule, Network network, List<Group> groups) {
    this.rule = rule;
    this.groups = groups;
    for (Parameter parameter : network.parameters()) {
      Group group = groupOf(parameter);
      if (!group.frozen()) {
        trained.add(new TrainedParameter(parameter, group, rule));
      }
    }
  }

  private Group groupOf(Parameter parameter) {
    for (Group group : groups) {
      if (group.of().test(parameter)) {
        return group;
      }
    }
    return REST;
  }

  /** Whether a parameter is moved: it is not in a frozen group. */
  public boolean moves(Parameter parameter) {
    return !groupOf(parameter).frozen();
  }

  /**
   * Moves every parameter one step.
   *
   * @param pass the training pass that the gradients come from
   * @param rate learning rate, at least 0
   * @throws IllegalArgumentException if a parameter took no part in the loss, or the rate is
   *     negative, infinite or NaN; nothing is changed then
   * @throws IllegalStateException if connections have moved since the pass; nothing is changed then
   */
  public void step(Pass pass, Gradients gradients, double rate) {
    checkRate(rate);
    for (TrainedParameter values : trained) {
      Parameter p = values.parameter();
      boolean has = pass.isUsed(p) && gradients.contains(pass.values(p));
      if (!has && p.value().size() > 0) { // nothing can reach one that is pruned whole
        throw new IllegalArgumentException("optimizer: " + whyThereIsNoGradient(p, pass));
      }
      if (has) {
        pass.gradient(p, gradients); // refuses one of other connections before anything moves
      }
    }
    steps++;
    for (TrainedParameter values : trained) {
      values.follow();
      values.update(pass.gradient(values.parameter(), gradients), rate, steps);
      values.parameter().changed();
    }
  }

  /**
   * Moves every parameter one step by gradients that were added up, scaled or clipped.
   *
   * @param gradients of all parameters that this optimiser moves
   * @param rate learning rate, at least 0
   * @throws IllegalArgumentException if one is missing or is of other values than exist, or the
   *     rate is negative, infinite or NaN; nothing is changed then
   */
  public void step(ParameterGradients gradients, double rate) {
    checkRate(rate);
    for (TrainedParameter values : trained) {
      Parameter p = values.parameter();
      if (p.value().size() > 0 && !gradients.of(p.name()).shape().equals(p.value().shape())) {
        throw new IllegalArgumentException(
            ("optimizer: a gradient " + gradients.of(p.name()).shape() + " of " + p)
                + (": expected " + p.value().shape() + ", as its values"));
      }
      if (p.value().size() > 0 && !gradients.areOf(p.name(), p.structure())) {
        throw new IllegalArgumentException(
            ("optimizer: the gradient of " + p + " is of other connections than exist now:")
                + " move connections after the step, or compute it again");
      }
    }
    steps++;
    for (TrainedParameter values : trained) {
      values.follow();
      if (values.parameter().value().size() > 0) {
        values.update(gradients.of(values.parameter().name()), rate, steps);
      }
      values.parameter().changed();
    }
  }

  private void checkRate(double rate) {
    if (!(rate >= 0 && rate <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          ("optimizer: learning rate " + rate + " in step " + (steps + 1))
              + ": expected at least 0; see its schedule");
    }
  }

  private String whyThereIsNoGradient(Parameter parameter, Pass pass) {
    if (trained.stream().noneMatch(values -> pass.isUsed(values.parameter()))) {
      return "no parameter of this optimiser took part in this pass: it was made for another network"
          + " (a copy or a pruned network takes an optimiser of its own), or this is not the pass"
          + " that the loss was computed in";
    }
    if (!pass.isUsed(parameter)) {
      return parameter
          + " took no part in the loss: no layer used it in this pass; leave it out of"
          + " parameters() of its layer, or use it in forward";
    }
    return pass.values(parameter).requiresGradient()
        ? parameter
            + " was used in this pass, but the loss does not depend on it: what is computed"
            + " from it goes nowhere, or the gradients are of another loss or pass, or the pass is not of"
            + " Pass.training"
        : parameter + " is a constant in this pass: train with Pass.training";
  }

  /** What moves the parameters. */
  public UpdateRule rule() {
    return rule;
  }

  /** How many steps were done. */
  public long steps() {
    return steps;
  }

  /**
   * The state as it is, shared: one vector under {@code <parameter>.<k>} for each of the rule's
   * arrays, as long as the parameter's values.
   */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (TrainedParameter values : trained) {
      values.follow();
      for (int k = 0; k < values.stateArrays(); k++) {
        state.put(values.parameter().name() + "." + k, values.state(k));
      }
    }
    return state;
  }

  /** A copy of the {@link #state} with what it means, to come back to with {@link #restore}. */
  public OptimizerSnapshot snapshot() {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    state().forEach((name, array) -> copies.put(name, array.copy()));
    return new OptimizerSnapshot(rule.description(), steps, structures(), copies);
  }

  private Map<String, Structure> structures() {
    Map<String, Structure> structures = new LinkedHashMap<>();
    trained.forEach(
        values -> structures.put(values.parameter().name(), values.parameter().structure()));
    return structures;
  }

  /**
   * Goes on where this or another optimiser of the same rule was, which moved the same connections.
   * Where others existed then, bring these back first: {@link Network#restore}.
   *
   * @param snapshot its state is copied
   * @throws IllegalArgumentException if its rule was another, its steps are negative, an array is
   *     missing, superfluous or of another length, or it is of other connections; nothing is
   *     changed then
   */
  public void restore(OptimizerSnapshot snapshot) {
    if (!snapshot.rule().equals(rule.description())) {
      throw new IllegalArgumentException(
          ("optimizer: the state is of " + snapshot.rule() + ", and means something else to ")
              + (rule.description() + ": go on with the same rule, or begin without a state"));
    }
    Map<String, Tensor> state = state();
    Map<String, Tensor> saved = snapshot.state();
    if (snapshot.steps() < 0 || !saved.keySet().equals(state.keySet())) {
      throw new IllegalArgumentException(
          ("optimizer: the state after " + snapshot.steps() + " steps has " + saved.keySet())
              + (": expected 0 steps or more and " + state.keySet()));
    }
    structures().forEach((name, structure) -> checkElements(name, structure, snapshot));
    state.forEach((name, array) -> checkShape(name, array, saved));
    state.forEach((name, array) -> array.copyFrom(Objects.requireNonNull(saved.get(name))));
    steps = snapshot.steps();
  }

  /**
   * An optimiser that goes on with the same network with other connections, as {@link
   * Network#restructured(Map)} makes it: it goes on from the same step. State is carried over by
   * position; that of connections that did not exist before begins at 0. Time and memory are those
   * of what exists.
   *
   * @throws IllegalArgumentException if the parameters are others than those of this optimiser, by
   *     name or by shape
   */
  public Optimizer restructured(Network next) {
    Optimizer optimizer = new Optimizer(rule, next, groups);
    optimizer.steps = steps;
    if (optimizer.trained.size() != trained.size()) {
      throw new IllegalArgumentException(
          ("optimizer: " + next.name() + " has " + optimizer.trained.size() + " parameters")
              + (", not the " + trained.size() + " that this optimiser moves"));
    }
    for (int i = 0; i < trained.size(); i++) {
      trained.get(i).follow();
      optimizer.trained.get(i).carryOver(trained.get(i));
    }
    return optimizer;
  }

  private static void checkElements(String name, Structure here, OptimizerSnapshot snapshot) {
    Structure then = snapshot.structures().get(name);
    if (then == null || !then.hasSameElements(here)) {
      throw new IllegalArgumentException(
          ("optimizer: the state is of " + (then == null ? "no" : "other") + " connections of ")
              + (name + here.shape() + ": expected the " + here.count() + " that exist here; ")
              + "restore the network first");
    }
  }

  private static void checkShape(String name, Tensor array, Map<String, Tensor> saved) {
    Shape shape = Objects.requireNonNull(saved.get(name)).shape();
    if (!shape.equals(array.shape())) {
      throw new IllegalArgumentException(
          ("optimizer: the state " + name + " is " + shape + ": expected " + array.shape())
              + ", as many as the parameter has kept");
    }
  }
}
