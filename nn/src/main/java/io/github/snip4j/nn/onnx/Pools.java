package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Poolings over windows and over whole images. */
final class Pools {
  private Pools() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("MaxPool", Pools::max);
    all.put("AveragePool", Pools::average);
    all.put("GlobalAveragePool", use -> global(use, true));
    all.put("GlobalMaxPool", use -> global(use, false));
  }

  private static int[] image(Use use, Computed x) throws BadFileException {
    int rank = x.extent().rank();
    if ((rank != 3 && rank != 4) || x.extent().batch() != 0) {
      throw use.bad("of " + x.extent() + ": expected [N, C, H, W] or [N, C, L]");
    }
    int[] example = x.extent().example();
    return rank == 4 ? example : new int[] {example[0], 1, example[1]};
  }

  private static Convs.Window window(Use use, int axes) throws BadFileException {
    if (!use.hasAttribute("kernel_shape")) {
      throw use.bad("has no kernel_shape");
    }
    int[] kernel = Convs.Window.perAxis(use, "kernel_shape", axes);
    Convs.Window window = Convs.Window.of(use, axes, kernel[0], kernel[1]);
    if (window.dilationH() != 1 || window.dilationW() != 1) {
      throw use.bad("its windows are dilated; expected dilations of 1");
    }
    return window;
  }

  private static PoolSpec spec(Use use, int[] image, int axes) throws BadFileException {
    Convs.Window window = window(use, axes);
    int[] pads = window.pads(image[1], image[2]);
    PoolSpec spec =
        new PoolSpec(
            window.kernelH(),
            window.kernelW(),
            window.strideH(),
            window.strideW(),
            pads[0],
            pads[2],
            pads[1],
            pads[3]);
    return use.number("ceil_mode", 0) != 0 ? spec.roundedUp() : spec;
  }

  private static void max(Use use) throws BadFileException {
    Computed x = use.examples(0);
    int[] image = image(use, x);
    use.expect("storage_order", 0, "expected rows first");
    if (use.isUsed(1)) {
      throw use.bad("its indices are used");
    }
    PoolSpec spec = spec(use, image, x.extent().rank() - 2);
    use.output(pooled(use, x, image, spec, v -> Poolings.max(v, spec)));
  }

  private static void average(Use use) throws BadFileException {
    Computed x = use.examples(0);
    int[] image = image(use, x);
    PoolSpec spec = spec(use, image, x.extent().rank() - 2);
    boolean counted = use.number("count_include_pad", 0) != 0;
    use.output(pooled(use, x, image, spec, v -> Poolings.average(v, spec, counted)));
  }

  private static Computed pooled(
      Use use, Computed x, int[] image, PoolSpec spec, UnaryOperator<Variable> pool)
      throws BadFileException {
    int[] out = spec.output(use.operator(), Shape.of(image[0], image[1], image[2], 1)).toArray();
    Extent to =
        x.extent().rank() == 4 ? Extents.of(out[0], out[1], out[2]) : Extents.of(out[0], out[2]);
    return use.graph()
        .step(
            use,
            to,
            (in, n) -> {
              Shape shape = Shape.of(image[0], image[1], image[2], n);
              return Extents.to(pool.apply(Extents.to(in[0], shape)), to.shape(n));
            },
            x);
  }

  private static void global(Use use, boolean mean) throws BadFileException {
    Computed x = use.examples(0);
    int[] image = image(use, x);
    int[] ones = new int[x.extent().rank() - 1];
    Arrays.fill(ones, 1);
    ones[0] = image[0];
    Extent to = Extents.of(ones);
    use.output(
        use.graph()
            .step(
                use,
                to,
                (in, n) -> {
                  Shape shape = Shape.of(image[0], image[1], image[2], n);
                  Variable y =
                      mean
                          ? Poolings.globalAverage(Extents.to(in[0], shape))
                          : Reductions.max(
                              Extents.to(in[0], Shape.of(image[0], image[1] * image[2], n)),
                              Reductions.Reduced.GOES,
                              1);
                  return Extents.to(y, to.shape(n));
                },
                x));
  }
}
