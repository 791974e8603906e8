package io.github.snip4j.snip;

import io.github.snip4j.nn.Kernel;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes a network that computes with what is kept alone. The masks are known before training and
 * never change, so all of training, not only what comes after it, takes the time and the memory of
 * the connections that are left.
 *
 * <p>The new network has the same behaviour, parameters under the same names, and copies of their
 * kept values. Each weight is computed with the kernel that is faster for its shape and density, as
 * {@link KernelCostModel} predicts: a function of these alone, so that the bits do not depend on
 * the machine.
 */
public final class Sparsifier {
  private Sparsifier() {}

  /**
   * The network without what the masks prune.
   *
   * @throws IllegalArgumentException if they are not masks of this network
   */
  public static Network compile(Network network, Masks masks) {
    return network.pruned(masks.byName(), kernels(masks.byName()));
  }

  /** The kernels that {@link KernelCostModel} predicts to be faster, by parameter name. */
  public static Map<String, Kernel> kernels(Map<String, Mask> masks) {
    Map<String, Kernel> kernels = new LinkedHashMap<>();
    masks.forEach(
        (name, mask) -> kernels.put(name, KernelCostModel.faster(mask.shape(), mask.kept())));
    return kernels;
  }

  /** The network with zeros where it is pruned, to export or to compare. */
  public static Network toDense(Network network) {
    return network.on(Parameter::unpruned);
  }
}
