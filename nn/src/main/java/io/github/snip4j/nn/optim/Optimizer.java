package io.github.snip4j.nn.optim;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.core.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies an {@link UpdateRule} to the parameters of a network.
 *
 * <p>Of a parameter with a mask only the kept values take part, and only they have state: the
 * pruned ones are never touched, neither by the gradient nor by momentum or decay. They were set to
 * 0 and stay exactly 0.
 */
public final class Optimizer {
  private static final int GRAIN = 1 << 15; // elements a thread takes at a time

  private final UpdateRule rule;
  private final List<Trained> trained = new ArrayList<>();
  private long steps;

  /** An optimiser for all values of all parameters. */
  public Optimizer(UpdateRule rule, Network network) {
    this(rule, network, Map.of());
  }

  /**
   * An optimiser for the kept values; what is pruned is set to 0 here.
   *
   * @param masks by parameter name; a parameter without one is kept whole
   * @throws IllegalArgumentException if a mask has another shape than its parameter, or there is no
   *     such parameter
   */
  public Optimizer(UpdateRule rule, Network network, Map<String, Mask> masks) {
    this.rule = rule;
    masks.forEach((name, mask) -> mask.applyTo(network.parameter(name).value()));
    for (Parameter parameter : network.parameters()) {
      trained.add(new Trained(parameter, masks.get(parameter.name()), rule.stateArrays()));
    }
  }

  /**
   * Moves every parameter one step.
   *
   * @param pass the training pass that the gradients come from
   * @param rate learning rate
   * @throws IllegalArgumentException if a parameter took no part in the loss
   */
  public void step(Pass pass, Gradients gradients, double rate) {
    steps++;
    for (Trained values : trained) {
      values.update(gradients.of(pass.variable(values.parameter)), rate);
    }
  }

  /** The values of one parameter that are trained, and their state. */
  private final class Trained {
    private final Parameter parameter;
    private final int @Nullable [] kept; // null: all of them
    private final float[][] state;
    private final float[] keptW; // gathered values and gradients, if not all are kept
    private final float[] keptG;

    Trained(Parameter parameter, @Nullable Mask mask, int arrays) {
      this.parameter = parameter;
      this.kept = mask == null ? null : mask.keptPositions();
      this.state = new float[arrays][kept == null ? parameter.size() : kept.length];
      this.keptW = new float[kept == null ? 0 : kept.length];
      this.keptG = new float[keptW.length];
    }

    void update(Tensor gradient, double rate) {
      float[] w = parameter.value().data();
      float[] g = gradient.offset() == 0 ? gradient.data() : gradient.toArray();
      if (kept == null) {
        move(w, g, parameter.size(), rate);
        return;
      }
      gather(w, kept, keptW);
      gather(g, kept, keptG);
      move(keptW, keptG, kept.length, rate);
      for (int i = 0; i < kept.length; i++) {
        w[kept[i]] = keptW[i];
      }
    }

    private void move(float[] w, float[] g, int n, double rate) {
      Parallel.forRange(n, GRAIN, (from, to) -> rule.update(w, g, state, from, to, rate, steps));
    }
  }

  private static void gather(float[] from, int[] positions, float[] to) {
    for (int i = 0; i < positions.length; i++) {
      to[i] = from[positions[i]];
    }
  }
}
