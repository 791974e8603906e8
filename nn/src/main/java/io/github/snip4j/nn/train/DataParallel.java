package io.github.snip4j.nn.train;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.ParameterGradients;
import io.github.snip4j.nn.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network that is trained on batches cut into parts, which may be computed on as many machines:
 * each has a copy of the network, computes its part of every batch, and sends a {@link
 * GradientSum}. Whoever adds these in the order of the parts sends the sum to all, and each copy
 * takes the same step. So all copies have the same bits, and these are the bits of one program that
 * computes all parts:
 *
 * <pre>{@code
 * DataParallel parallel =
 *     new DataParallel(network, optimizer, TrainingOptions.PLAIN.inParts(2));
 * GradientSum sum = new GradientSum();
 * GradientSum part = new GradientSum();
 * for (long i = 0; i < steps; i++) {
 *   sum.clear();
 *   for (int k = 0; k < 2; k++) {
 *     part.clear();
 *     Batch own = batches.at(i).part(k, 2);
 *     parallel.add(part, own, k, i, schedule.at(i), seed.child(i)); // on machine k
 *     sum.add(part); // where all meet
 *   }
 *   parallel.step(sum, schedule.at(i)); // everywhere
 * }
 * }</pre>
 *
 * <p>Parts are averaged by what the objective {@linkplain
 * io.github.snip4j.nn.objective.Objective#count counts}, so that they are one large batch up to
 * rounding, but for two things. Each part has random draws of its own. And a batch norm normalises
 * by mean and variance of the part, not of the batch; its running statistics are the mean over the
 * parts of what each would make of them, weighted by examples: the running mean is that of the
 * whole batch, the running variance lacks what the parts' means differ by. {@code LayerNorm} and
 * {@code GroupNorm} do not depend on the batch.
 *
 * <p>A part without examples, or of which no target counts, adds nothing. Not thread-safe.
 */
public final class DataParallel {
  private final Network network;
  private final Optimizer optimizer;
  private final TrainingOptions options;
  private final Backward backward;
  private final List<Parameter> moved;
  private final List<Tensor> buffers;
  private final List<Tensor> before; // what was in the buffers
  private final Workspace forCuts = new Workspace();
  private final Workspace forParts = new Workspace();
  private final Workspace forSteps = new Workspace();

  /**
   * A network and what trains it.
   *
   * @param options with their number of parts
   */
  public DataParallel(Network network, Optimizer optimizer, TrainingOptions options) {
    this(network, optimizer, options, network.body().buffers());
  }

  /**
   * @param averaged what is averaged over what is added, beside the gradients
   */
  private DataParallel(
      Network network, Optimizer optimizer, TrainingOptions options, List<Buffer> averaged) {
    this.network = network;
    this.optimizer = optimizer;
    this.options = options;
    this.backward = new Backward(network, optimizer, options);
    this.moved = network.parameters().stream().filter(optimizer::moves).toList();
    Map<String, Tensor> byName = new LinkedHashMap<>();
    averaged.forEach(buffer -> byName.put(buffer.name(), buffer.value()));
    this.buffers = List.copyOf(byName.values());
    this.before = buffers.stream().map(Tensor::copy).toList();
  }

  /**
   * Whole batches that are added: each finds the running statistics as the one before left them.
   */
  static DataParallel ofBatches(Network network, Optimizer optimizer, TrainingOptions options) {
    return new DataParallel(network, optimizer, options, List.of());
  }

  public Network network() {
    return network;
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** How many values the {@link GradientSum} of a part has at most, with what exists now. */
  public int size() {
    int size = 0;
    for (Parameter parameter : moved) {
      size += parameter.value().size();
    }
    for (Tensor buffer : buffers) {
      size += buffer.size();
    }
    return size;
  }

  /**
   * Computes a part of a batch, and adds it to a sum. The network stays as it is.
   *
   * @param own the part's examples, as {@link Batch#part} cuts them
   * @param part its number, from 0 on
   * @param step from 0 on; it and its learning rate are told if the training has diverged
   * @param seed of the step's random draws, of which the part takes its child of its number
   * @throws IllegalArgumentException if there is no such part, or a parameter takes no part in the
   *     loss
   * @throws DivergedException if the loss is infinite or not a number
   */
  public void add(GradientSum sum, Batch own, int part, long step, double rate, Seed seed) {
    if (part < 0 || part >= options.parts()) {
      throw new IllegalArgumentException(
          "training: part " + part + ": expected 0 to below " + options.parts());
    }
    add(sum, own, step + 1, rate, seed.child(part), false);
  }

  /** A part of a batch, valid until the next one is cut. */
  Batch cut(Batch batch, int part) {
    return forCuts.run(() -> batch.part(part, options.parts()));
  }

  /**
   * Computes a batch and adds it.
   *
   * @param number of the step, from 1 on
   * @param whole whether the gradients are computed at all positions
   * @return what came of it, valid until the next one; null if none of its targets counts
   */
  Backward.@Nullable Done add(
      GradientSum sum, Batch batch, long number, double rate, Seed seed, boolean whole) {
    double count = network.objective().count(batch.targets());
    if (count == 0) {
      return null;
    }
    return forParts.run(
        () -> {
          remember();
          try {
            Backward.Done done = backward.of(batch, number, rate, seed, whole);
            add(sum, done, count);
            return done;
          } finally {
            putBack();
          }
        });
  }

  private void add(GradientSum sum, Backward.Done done, double count) {
    int examples = done.batch().size();
    ParameterGradients gradients = ParameterGradients.of(network, done.pass(), done.gradients());
    sum.begin(size());
    int at = 0;
    for (Parameter parameter : moved) {
      if (parameter.value().size() > 0) {
        at = sum.add(gradients.of(parameter.name()), count, at);
      }
    }
    for (int k = 0; k < buffers.size(); k++) {
      at = sum.add(difference(buffers.get(k), before.get(k)), examples, at);
    }
    sum.count(count, count * done.loss(), examples);
  }

  private static Tensor difference(Tensor now, Tensor then) {
    Tensor difference = Tensor.uninitialized(now.shape());
    for (int i = 0; i < now.size(); i++) {
      difference.put(i, now.at(i) - then.at(i));
    }
    return difference;
  }

  private void remember() {
    for (int k = 0; k < buffers.size(); k++) {
      before.get(k).copyFrom(buffers.get(k));
    }
  }

  private void putBack() {
    for (int k = 0; k < buffers.size(); k++) {
      buffers.get(k).copyFrom(before.get(k));
    }
  }

  /**
   * Takes the step: the optimiser moves the parameters by the mean gradient, clipped as the options
   * say, and the running statistics follow.
   *
   * @param sum of all parts, not modified
   * @param rate learning rate, at least 0
   * @throws IllegalArgumentException if the sum is of another network or of no part, or the rate is
   *     negative, infinite or NaN; nothing is changed then
   */
  public void step(GradientSum sum, double rate) {
    if (sum.size() != size() || sum.count() == 0) {
      throw new IllegalArgumentException(
          sum.count() == 0
              ? "training: none of the targets of this step counts"
              : "training: a sum of " + sum.size() + " values: expected " + size());
    }
    forSteps.run(
        () -> {
          Map<String, Tensor> means = new LinkedHashMap<>();
          int at = 0;
          for (Parameter parameter : moved) {
            if (parameter.value().size() > 0) {
              Tensor mean = Tensor.uninitialized(parameter.value().shape());
              at = sum.scaled(1 / sum.count(), at, mean);
              means.put(parameter.name(), mean);
            }
          }
          optimizer.step(options.clipped(ParameterGradients.of(network, means)), rate);
          for (Tensor buffer : buffers) {
            Tensor mean = Tensor.uninitialized(buffer.shape());
            at = sum.scaled(1.0 / sum.examples(), at, mean);
            for (int i = 0; i < buffer.size(); i++) {
              buffer.put(i, buffer.at(i) + mean.at(i));
            }
          }
          return sum;
        });
  }
}
