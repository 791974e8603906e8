package io.github.snip4j.bench.options;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.snip.KernelAutotuner;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Sparsifier;
import java.util.Map;

/** How each layer of a pruned network is given a dense or a sparse kernel. */
public enum SparseMode {
  /** What the cost model predicts to be faster, the same on every machine. */
  MODEL {
    @Override
    public Map<String, Storage> choose(Network network, Masks masks, Batch batch) {
      return Sparsifier.storage(masks.byName());
    }
  },
  /** What is faster when both are tried here. */
  TRIAL {
    @Override
    public Map<String, Storage> choose(Network network, Masks masks, Batch batch) {
      return KernelAutotuner.storage(network, masks.byName(), batch);
    }
  },
  /** The dense kernels everywhere, with zeros where the network is pruned. */
  DENSE {
    @Override
    public Map<String, Storage> choose(Network network, Masks masks, Batch batch) {
      return Map.of();
    }
  };

  /** By parameter name; the dense kernel where nothing is said. */
  public abstract Map<String, Storage> choose(Network network, Masks masks, Batch batch);
}
