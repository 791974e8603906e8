package io.github.snip4j.snip.dynamic;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.train.Callback;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dynamic sparse training: from time to time some connections of a pruned network go and as many
 * others grow, so that the mask is learned as the weights are. Give it to {@link
 * io.github.snip4j.nn.train.Trainer#fit Trainer.fit} as a callback.
 *
 * <p>An update follows the step that is due, after the optimiser has moved the weights. For each
 * parameter that is pruned, {@link MoveRules#drop} says which connections stay, {@link
 * MoveRules#redistribution} how many grow and {@link MoveRules#grow} where. What exists before and
 * after keeps its value and its optimiser's state; what is new begins at 0 with a state of 0. The
 * number of connections in all stays exactly what it was; without redistribution that of each
 * parameter does. Parameters that are not pruned, or that the optimiser does not move, are left as
 * they are, and pruned biases always keep their number. Where a step takes several batches, the
 * gradient is that of the last.
 *
 * <p>All is decided by the weights, the gradients and the seed, so the bits depend neither on
 * threads nor on interruptions: a training that goes on from a checkpoint and the {@link #state} of
 * then goes on with the same bits.
 */
public final class MovingConnections implements Callback {
  private final MoveRules rules;
  private final UpdateSchedule schedule;
  private final Network network;
  private final Seed seed;
  private final List<Parameter> moving;
  private final EverAlive everAlive;
  private final @Nullable DenseMomentum momentum;
  private final List<Move> moves = new ArrayList<>();

  /**
   * What the updates to come depend on, and what is told of those that were.
   *
   * @param everAlive which connections existed at some time, by parameter name
   * @param momentum the mean gradient at every position, by parameter name; empty if the rules do
   *     not look at it. The tensors are not copied
   * @param moves the updates so far, in order
   */
  public record State(
      Map<String, Mask> everAlive, Map<String, Tensor> momentum, List<Move> moves) {}

  /**
   * Moves the connections of the parameters that are pruned now.
   *
   * @param network whose connections change
   * @param seed of random growth
   * @throws IllegalArgumentException if nothing is pruned
   */
  public MovingConnections(MoveRules rules, UpdateSchedule schedule, Network network, Seed seed) {
    this.rules = rules;
    this.schedule = schedule;
    this.network = network;
    this.seed = seed.child("grow");
    moving = network.parameters().stream().filter(Parameter::isPruned).toList();
    if (moving.isEmpty()) {
      throw new IllegalArgumentException(
          (network.name() + ": no connection can move, as all exist:")
              + " expected a network that is pruned");
    }
    everAlive = new EverAlive(moving);
    momentum = rules.needsMomentum() ? new DenseMomentum(moving) : null;
  }

  @Override
  public boolean needsWholeGradients(long number) {
    return momentum != null || (rules.needsWholeGradient() && schedule.isDue(number));
  }

  @Override
  public void afterUpdate(long number, Pass pass, Gradients gradients) {
    List<Parameter> trained = moving.stream().filter(p -> isTrained(p, pass)).toList();
    if (momentum != null) {
      momentum.add(trained, pass, gradients);
    }
    if (schedule.isDue(number)) {
      Findings findings = new Findings(pass, gradients, momentum);
      ConnectionUpdate update =
          new ConnectionUpdate(rules, schedule.fraction(number), findings, seed.child(number));
      int moved = update.apply(network, trained, everAlive);
      moves.add(new Move(number, moved, everAlive.count()));
    }
  }

  private static boolean isTrained(Parameter parameter, Pass pass) {
    return pass.isUsed(parameter) && pass.values(parameter).requiresGradient();
  }

  /** Nothing: what is to be done is done within the step. */
  @Override
  public void afterStep(Step step) {}

  /** The updates so far. */
  public List<Move> moves() {
    return List.copyOf(moves);
  }

  /** How many positions there are at which a connection may exist, taken or not. */
  public int positions() {
    return moving.stream().mapToInt(Parameter::size).sum();
  }

  /** How many connections existed at some time. */
  public int everAlive() {
    return everAlive.count();
  }

  /** What is to be saved with a checkpoint. */
  public State state() {
    return new State(
        everAlive.masks(moving), momentum == null ? Map.of() : momentum.means(), moves());
  }

  /**
   * Goes on where another one was, with the same rules, for a network that has the connections of
   * then.
   *
   * @param saved its {@link #state}, copied
   * @throws IllegalArgumentException if it is of other parameters or of other rules; nothing is
   *     changed then
   */
  public void restore(State saved) {
    everAlive.check(moving, saved.everAlive());
    if (momentum == null && !saved.momentum().isEmpty()) {
      throw new IllegalArgumentException(
          "moving connections: the state has a momentum, which these rules do not look at:"
              + " expected the state of the same rules");
    }
    if (momentum != null) {
      momentum.restore(saved.momentum());
    }
    everAlive.restore(moving, saved.everAlive());
    moves.clear();
    moves.addAll(saved.moves());
  }
}
