package io.github.snip4j.snip;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Chooses kernels by trying both, layer by layer, forward and backward. What comes out depends on
 * the machine, its load and the batch; {@link Sparsifier#storage} does not.
 */
public final class KernelAutotuner {
  private static final int WARM_UP = 20;
  private static final int TRIALS = 10;
  private static final long ENOUGH = 500_000_000L; // nanoseconds for one layer and kernel

  private KernelAutotuner() {}

  /** A layer, and what it was given. */
  private record Use(Layer layer, Tensor x) {}

  /**
   * The faster kernel for each mask, by parameter name.
   *
   * @param network not pruned; not modified
   * @param batch as large as those to train on
   * @throws IllegalArgumentException if masks or batch do not fit the network
   */
  public static Map<String, Storage> storage(
      Network network, Map<String, Mask> masks, Batch batch) {
    Map<String, Use> uses = new LinkedHashMap<>();
    Pass pass =
        Pass.evaluation()
            .watchedBy(
                (layer, x, y) ->
                    layer
                        .parameters()
                        .forEach(p -> uses.putIfAbsent(p.name(), new Use(layer, x.value()))));
    network.forward(Variable.constant(batch.x()), pass);

    Map<String, Storage> storage = new LinkedHashMap<>();
    masks.forEach(
        (name, mask) -> {
          Use use = Objects.requireNonNull(uses.get(network.parameter(name).name()));
          boolean choice = mask.shape().rank() >= 2;
          boolean sparse =
              choice
                  && seconds(use, name, mask, Storage.SPARSE)
                      < seconds(use, name, mask, Storage.DENSE);
          storage.put(name, sparse ? Storage.SPARSE : Storage.DENSE);
        });
    return storage;
  }

  /** The least time for one pass forward and backward. */
  private static double seconds(Use use, String name, Mask mask, Storage storage) {
    Layer layer =
        use.layer.on(p -> p.name().equals(name) ? p.restructured(mask, storage) : p.copy());
    Workspace workspace = new Workspace();
    long least = Long.MAX_VALUE;
    long begin = System.nanoTime();
    for (int i = 0; i < WARM_UP + TRIALS; i++) {
      long start = System.nanoTime();
      workspace.run(() -> once(layer, use.x));
      long now = System.nanoTime();
      least = Math.min(least, now - start);
      if (now - begin > ENOUGH && i >= 2) {
        break;
      }
    }
    return least / 1e9;
  }

  private static float once(Layer layer, Tensor input) {
    Pass pass = Pass.training(new Seed(0));
    Variable x = Variable.leaf(input);
    Variable y = pass.through(layer, x);
    return y.backward(Tensor.full(y.shape(), 1f)).of(x).size();
  }
}
