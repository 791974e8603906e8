package io.github.snip4j.snip.rival;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Kappa;
import io.github.snip4j.snip.Masks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * L-OBS: a trained network loses the connections without which each layer, given the inputs that it
 * has now, can still give nearly the outputs that it gives now [Dong, Chen, Pan, <i>Learning to
 * prune deep neural networks via layer-wise optimal brain surgeon</i>, NIPS 2017, section 3].
 *
 * <p>The error of a layer is E = 1/(2n) Σ (ẑ - z)², with z its outputs before the nonlinearity. Its
 * Hessian by the weights of a unit is H = 1/n Σ y yᵀ, the same for all units of a layer, with y the
 * inputs and a 1 for the bias. Without weight q it is at least L_q = ½ w_q² / [H⁻¹]_qq, and just
 * that if the unit's other weights move by δw = -w_q / [H⁻¹]_qq H⁻¹ e_q.
 *
 * <p>What differs from the paper: what is left of a unit takes the values with the least error of
 * all that have these connections, which the steps δw go towards ({@link
 * WeightUpdate#LEAST_SQUARES}; {@link WeightUpdate#SEQUENTIAL} is the authors' way). The paper
 * prunes a share of each layer that somebody chose; here it is {@link Allocation#erdosRenyiKernel}
 * that chooses, or {@link Allocation#perLayer}. L_q is divided by the mean square of the layer's
 * outputs, so that {@link Allocation#global} is possible, but it cuts the first layer too much.
 * After the first cut H is by the weights that a unit still has.
 *
 * @param sparsity the share of all weights and biases that is pruned in the end, in [0, 1)
 * @param allocation how what is kept is shared out among the layers
 * @param update what the weights that are left become
 * @param rounds of pruning and retraining, at least 1
 * @param cuts of each round, at least 1: L_q of one weight says nothing of what goes with it, so
 *     weights that can stand in for each other need scores anew when some of them are gone
 * @param examples that H is computed on, at least 1
 * @param damping what is added to the diagonal of H, above 0
 * @param retraining of each round; without any epochs the updates are all that repairs
 */
public record LayerwiseBrainSurgeon(
    double sparsity,
    Allocation allocation,
    WeightUpdate update,
    int rounds,
    int cuts,
    int examples,
    double damping,
    TrainingPlan retraining)
    implements Rival {
  /** Checks the settings. */
  public LayerwiseBrainSurgeon {
    Sample.checkCount("L-OBS", examples);
    if (!(damping > 0 && damping <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "L-OBS: damping " + damping + ": expected a number above 0, such as 1e-6");
    }
    if (cuts < 1) {
      throw new IllegalArgumentException("L-OBS: " + cuts + " cuts: expected 1 or more");
    }
    new CutAndRetrain(sparsity, rounds, retraining);
  }

  /** Five rounds with ten epochs of retraining each, at the learning rate 0.05. */
  public LayerwiseBrainSurgeon(double sparsity) {
    this(
        sparsity,
        Allocation.erdosRenyiKernel(),
        WeightUpdate.LEAST_SQUARES,
        5,
        2,
        10_000,
        1e-6,
        TrainingPlan.of(10, 0.05));
  }

  /** One round without any retraining. */
  public static LayerwiseBrainSurgeon withoutRetraining(double sparsity) {
    return new LayerwiseBrainSurgeon(
        sparsity,
        Allocation.erdosRenyiKernel(),
        WeightUpdate.LEAST_SQUARES,
        1,
        4,
        10_000,
        1e-6,
        TrainingPlan.of(0, 0));
  }

  @Override
  public String name() {
    return "L-OBS";
  }

  @Override
  public boolean startsTrained() {
    return true;
  }

  @Override
  public Network prune(Network network, BatchSource train, long seed, RivalListener listener) {
    return new CutAndRetrain(sparsity, rounds, retraining)
        .run(
            network,
            train,
            new Seed(seed),
            listener,
            (net, level, own) -> cut(net, Sample.of(train, examples, own), level, own));
  }

  private void cut(Network network, List<Batch> batches, double level, Seed seed) {
    Map<String, List<Parameter>> found = PrunableLayers.of("L-OBS", network);
    Map<String, InputMoments> moments = moments(network, batches);
    double before = (double) existing(network) / network.connections();
    double share = (1 - level) / before;
    for (int k = 1; k <= cuts; k++) {
      double density = before * StrictMath.pow(share, (double) k / cuts);
      cut(network, found, moments, k == cuts ? level : 1 - density, seed);
    }
  }

  private static int existing(Network network) {
    return network.parameters().stream()
        .filter(p -> p.role().isConnection())
        .mapToInt(p -> p.value().size())
        .sum();
  }

  private void cut(
      Network network,
      Map<String, List<Parameter>> found,
      Map<String, InputMoments> moments,
      double level,
      Seed seed) {
    List<SurgeonLayer> layers = new ArrayList<>();
    Map<String, Tensor> scores = new LinkedHashMap<>();
    found.forEach(
        (name, parameters) -> {
          InputMoments own = Objects.requireNonNull(moments.get(name));
          SurgeonLayer layer = new SurgeonLayer(parameters, own, damping);
          layers.add(layer);
          scores.putAll(layer.scores());
        });
    Connections connections = Connections.of(network, Biases.SCORED, List.of(), seed);
    int kappa = Kappa.of(network.connections(), level);
    Masks masks = allocation.keep(connections.scores(scores), kappa);
    Map<String, Tensor> after = new LinkedHashMap<>();
    layers.forEach(layer -> after.putAll(layer.without(masks.byName(), update)));
    CutAndRetrain.keep(network, masks, after);
  }

  /** What the units of each layer see in some batches, by layer name. */
  private static Map<String, InputMoments> moments(Network network, List<Batch> batches) {
    Map<String, InputMoments> moments = new LinkedHashMap<>();
    Workspace workspace = new Workspace();
    for (Batch batch : batches) {
      Pass pass =
          Pass.evaluation()
              .watchedBy(
                  (layer, x, y) -> {
                    if (PrunableLayers.isOne(layer)) {
                      moments
                          .computeIfAbsent(layer.name(), name -> new InputMoments(layer))
                          .add(x.value());
                    }
                  });
      workspace.run(() -> network.forward(Variable.constant(batch.x()), pass).value());
    }
    return moments;
  }
}
