package io.github.snip4j.nn.layer;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.LayerSpec;

/** How windows move, as settings of layers. */
final class Windows {
  private Windows() {}

  static LayerSpec spec(String kind, String name, PoolSpec pool) {
    return LayerSpec.of(kind)
        .with("name", name)
        .with("kernel", pool.kernelH(), pool.kernelW())
        .with("stride", pool.strideH(), pool.strideW())
        .with("padding", pool.padTop(), pool.padBottom(), pool.padLeft(), pool.padRight())
        .with("roundUp", pool.roundUp());
  }

  static LayerSpec spec(String name, Shape filters, boolean bias, Conv2dSpec conv) {
    return LayerSpec.of("conv2d")
        .with("name", name)
        .with("filters", filters.toArray())
        .with("bias", bias)
        .with("stride", conv.strideH(), conv.strideW())
        .with("dilation", conv.dilationH(), conv.dilationW())
        .with("groups", conv.groups())
        .with("padding", conv.padTop(), conv.padBottom(), conv.padLeft(), conv.padRight());
  }
}
