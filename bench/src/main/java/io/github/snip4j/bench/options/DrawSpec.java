package io.github.snip4j.bench.options;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the first values are drawn, of the network that is scored and of the one that is trained;
 * recorded in the result as it is.
 *
 * @param init the initialiser of the weights that are trained, see {@link InitializerChoice}
 * @param scoringInit of those that connections are scored on; null for the same
 * @param scoringBiases of the scored network
 */
public record DrawSpec(String init, @Nullable String scoringInit, FirstBiases scoringBiases) {
  /** As the authors' code draws today. */
  public static final DrawSpec USUAL =
      new DrawSpec(InitializerChoice.LECUN, null, FirstBiases.ZERO);

  /** What biases begin with. */
  public enum FirstBiases {
    /** 0, and 1 in the gates of a GRU; those of 0 have sensitivity 0. */
    ZERO,
    /**
     * Variance 1 / their number, truncated normal: the default of the authors' code until
     * 2019-06-26.
     */
    DRAWN
  }

  /** Nothing but what is marked may be missing, and nothing unknown. */
  public DrawSpec {
    Objects.requireNonNull(init, "init");
    Objects.requireNonNull(scoringBiases, "scoringBiases");
    InitializerChoice.of("init", init);
    if (scoringInit != null) {
      InitializerChoice.of("scoringInit", scoringInit);
    }
  }

  /** Whether the network that is scored is another one than that which is trained. */
  public boolean scoresAnother() {
    return scoringInit != null || scoringBiases != FirstBiases.ZERO;
  }

  /** The network that is scored. */
  public Network scored(Model model, Seed seed) {
    String word = scoringInit == null ? init : scoringInit;
    Initializer weights = InitializerChoice.of("scoringInit", word);
    Network network = model.create(weights, seed);
    return scoringBiases == FirstBiases.ZERO
        ? network
        : network.on(parameter -> withDrawnBias(parameter, seed.child("biases")));
  }

  private static Parameter withDrawnBias(Parameter parameter, Seed seed) {
    if (parameter.role() != Parameter.Role.BIAS) {
      return parameter.copy();
    }
    Shape row = Shape.of(1, parameter.shape().size());
    Tensor drawn = VarianceScaling.lecun().draw(row, seed.child(parameter.name()));
    return new Parameter(parameter.name(), parameter.role(), drawn.reshape(parameter.shape()));
  }

  /** The network that is trained, where it is another one. */
  public Network trained(Model model, Seed seed) {
    return model.create(InitializerChoice.of("init", init), seed);
  }

  /** How the weights that are trained begin, in words. */
  public String inWords() {
    String scored =
        scoringInit == null ? "" : "; scored on " + InitializerChoice.inWords(scoringInit);
    return InitializerChoice.inWords(init)
        + scored
        + "; biases 0, of GRU gates 1"
        + (scoringBiases == FirstBiases.ZERO ? "" : "; scored on drawn biases");
  }
}
