package io.github.snip4j.snip;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a network that are to be scored, c ⊙ w with c in {0, 1}, and the data to score
 * them on: what a {@link Criterion} is asked about.
 */
public final class Connections {
  private final Network network;
  private final Scope scope;
  private final List<Batch> batches;
  private final Seed seed;
  private final @Nullable Masks existing; // null: all
  private final @Nullable Masks masks; // null: c = 1 where they exist

  private Connections(
      Network network,
      Scope scope,
      List<Batch> batches,
      Seed seed,
      @Nullable Masks existing,
      @Nullable Masks masks) {
    this.network = network;
    this.scope = scope;
    this.batches = Collections.unmodifiableList(batches);
    this.seed = seed;
    this.existing = existing;
    this.masks = masks;
  }

  /**
   * The connections of a network: c = 1. Of one that is pruned already they are those that it has:
   * what was pruned stays pruned, whatever the criterion, the allocation and the number of rounds.
   * To choose among all again, give it {@link Sparsifier#toDense}, in which what was pruned is an
   * ordinary weight of 0.
   *
   * @param scope which parameters they are
   * @param batches asked for one at a time whenever one is scored on, and not kept, so that the
   *     list can make them then; it must not change. May be none, for a criterion that looks at no
   *     data
   * @param seed of whatever the criterion draws
   * @throws IllegalArgumentException if the scope names layers that the network does not have
   */
  public static Connections of(Network network, Scope scope, List<Batch> batches, Seed seed) {
    scope.check(network);
    Map<String, Mask> pruned = network.masks();
    if (pruned.isEmpty()) {
      return new Connections(network, scope, batches, seed, null, null);
    }
    Map<String, Mask> existing = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (scope.prunable(parameter)) {
        existing.put(parameter.name(), Mask.of(parameter.structure()));
      }
    }
    Network dense = Sparsifier.toDense(network);
    return new Connections(dense, scope, batches, seed, Masks.of(existing), null);
  }

  /** All connections of a network, weights and biases, and one batch. */
  public static Connections of(Network network, Batch batch) {
    return of(network, Biases.SCORED, List.of(batch), new Seed(0));
  }

  /** These connections with c as masks give it, as far as the connections exist. */
  public Connections at(Masks pruned) {
    return new Connections(network, scope, batches, seed, existing, pruned);
  }

  /**
   * These connections, to be scored on other batches.
   *
   * @param others as in {@link #of(Network, Scope, List, Seed)}
   */
  public Connections on(List<Batch> others) {
    return new Connections(network, scope, others, seed, existing, masks);
  }

  /** The masks of those that exist; null if nothing was pruned before. */
  @Nullable Masks existing() {
    return existing;
  }

  /**
   * The scores of these connections from signed sensitivities, whose magnitudes count. What was
   * pruned before comes after all that exists and cannot be kept.
   *
   * @param sensitivities by parameter name, not modified
   * @throws IllegalArgumentException if one is infinite or not a number, or there are none
   */
  public Scores scores(Map<String, Tensor> sensitivities) {
    return existing(Scores.of(sensitivities));
  }

  /** The scores of values that tell good from bad by their sign: the larger, the better. */
  public Scores signedScores(Map<String, Tensor> values) {
    return existing(Scores.signed(values));
  }

  /** Scores in which connections that do not exist are below all others. */
  Scores existing(Scores scores) {
    return existing == null ? scores : scores.among(existing);
  }

  /** The network, with weights of 0 where it was pruned before. */
  public Network network() {
    return network;
  }

  /** What a criterion's random draws are to come from. */
  public Seed seed() {
    return seed;
  }

  /**
   * The batches to score on, at least one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public List<Batch> batches() {
    if (batches.isEmpty()) {
      throw new IllegalArgumentException("this criterion needs data: expected a batch to score on");
    }
    return batches;
  }

  /** Whether a parameter's numbers are connections. */
  public boolean contain(Parameter parameter) {
    return scope.prunable(parameter);
  }

  /** The masks c of a parameter as they are now, in its shape: 1 or 0. */
  public Tensor c(Parameter parameter) {
    Tensor c = Tensor.full(parameter.shape(), 1f);
    if (contain(parameter)) {
      Stream.of(Optional.ofNullable(existing), Optional.ofNullable(masks))
          .flatMap(Optional::stream)
          .forEach(some -> some.of(parameter.name()).applyTo(c));
    }
    return c;
  }

  /** c ⊙ w of a parameter, in its shape. */
  public Tensor weights(Parameter parameter) {
    return Broadcast.multiply(c(parameter), parameter.value());
  }

  /** The parameters whose numbers are connections, in the network's order. */
  public List<Parameter> parameters() {
    return network.parameters().stream().filter(this::contain).toList();
  }

  /**
   * A tensor for each parameter, by name and in the network's order: what {@link Scores} are made
   * from.
   */
  public Map<String, Tensor> each(Function<Parameter, Tensor> values) {
    return eachOf(values);
  }

  /** Something for each parameter, by name and in the network's order. */
  public <T> Map<String, T> eachOf(Function<Parameter, T> values) {
    Map<String, T> byName = new LinkedHashMap<>();
    parameters().forEach(parameter -> byName.put(parameter.name(), values.apply(parameter)));
    return byName;
  }

  /** A pass in which every connection is c ⊙ w with a leaf c of its own. */
  public Pass pass(Pass.Mode mode) {
    return pass(mode, parameter -> parameter.value());
  }

  /** A pass over c ⊙ w with something else for w. */
  public Pass pass(Pass.Mode mode, Function<Parameter, Tensor> w) {
    return Pass.connections(mode, seed, p -> contain(p) ? c(p) : null, w);
  }
}
