package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Poolings;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.autograd.op.Shapes;
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

  private static PoolSpec spec(Convs.Window window, int[] pads) {
    return new PoolSpec(
        window.kernelH(),
        window.kernelW(),
        window.strideH(),
        window.strideW(),
        pads[0],
        pads[2],
        pads[1],
        pads[3]);
  }

  private static void max(Use use) throws BadFileException {
    Computed x = use.examples(0);
    int[] image = image(use, x);
    use.expect("storage_order", 0, "expected rows first");
    if (use.isUsed(1)) {
      throw use.bad("its indices are used");
    }
    Convs.Window window = window(use, x.extent().rank() - 2);
    boolean ceil = use.number("ceil_mode", 0) != 0;
    PoolSpec spec = spec(window, window.pads(image[1], image[2], ceil));
    use.output(pooled(use, x, image, spec, v -> Poolings.max(v, spec)));
  }

  private static void average(Use use) throws BadFileException {
    Computed x = use.examples(0);
    int[] image = image(use, x);
    Convs.Window window = window(use, x.extent().rank() - 2);
    int[] declared = window.declared(image[1], image[2]);
    boolean ceil = use.number("ceil_mode", 0) != 0;
    boolean counted = use.number("count_include_pad", 0) != 0;
    int[] pads = window.pads(image[1], image[2], ceil);
    if (!counted || Arrays.equals(pads, declared)) {
      PoolSpec spec = spec(window, pads);
      use.output(pooled(use, x, image, spec, v -> Poolings.average(v, spec, counted)));
      return;
    }
    // What is declared counts as zeros; what the last windows stand over does not.
    int[] padded = {
      image[0], image[1] + declared[0] + declared[2], image[2] + declared[1] + declared[3]
    };
    int[] overhang = {0, 0, pads[2] - declared[2], pads[3] - declared[3]};
    PoolSpec spec = spec(window, overhang);
    int[] before = {0, declared[0], declared[1], 0};
    int[] after = {0, declared[2], declared[3], 0};
    use.output(
        pooled(
            use,
            x,
            image,
            padded,
            spec,
            v -> Poolings.average(Shapes.pad(v, before, after), spec, false)));
  }

  private static Computed pooled(
      Use use, Computed x, int[] image, PoolSpec spec, UnaryOperator<Variable> pool)
      throws BadFileException {
    return pooled(use, x, image, image, spec, pool);
  }

  private static Computed pooled(
      Use use, Computed x, int[] image, int[] padded, PoolSpec spec, UnaryOperator<Variable> pool)
      throws BadFileException {
    int[] out = spec.output(use.operator(), Shape.of(padded[0], padded[1], padded[2], 1)).toArray();
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
