package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.op.Convolutions;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;
import java.util.Map;

/** Convolutions over one axis or two. */
final class Convs {
  private Convs() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Conv", Convs::conv);
  }

  private static void conv(Use use) throws BadFileException {
    Computed x = use.examples(0);
    int rank = x.extent().rank();
    if ((rank != 3 && rank != 4) || x.extent().batch() != 0) {
      throw use.bad("of " + x.extent() + ": expected [N, C, H, W] or [N, C, L]");
    }
    Known w = Matrices.weight(use, use.input(1), rank);
    int[] filters = w.dims().clone();
    int[] image = x.extent().example();
    if (rank == 3) { // an image of one row
      filters = new int[] {filters[0], filters[1], 1, filters[2]};
      image = new int[] {image[0], 1, image[1]};
      w = w.reshaped(filters);
    }
    Window window = Window.of(use, rank - 2, filters[2], filters[3]);
    long groups = use.number("group", 1);
    if (groups < 1 || image[0] != (long) filters[1] * groups || filters[0] % groups != 0) {
      throw use.bad(
          image[0] + " channels, filters " + Arrays.toString(filters) + ", " + groups + " groups");
    }
    int[] pads = window.pads(image[1], image[2]);
    Conv2dSpec spec =
        new Conv2dSpec(
            window.strideH(),
            window.strideW(),
            window.dilationH(),
            window.dilationW(),
            (int) groups,
            pads[0],
            pads[2],
            pads[1],
            pads[3]);
    int height = spec.outputHeight(image[1], filters[2]);
    int width = spec.outputWidth(image[2], filters[3]);
    if (height < 1 || width < 1) {
      throw use.bad("filters " + Arrays.toString(filters) + " are larger than " + x.extent());
    }
    Learned bias = null;
    if (use.has(2)) {
      bias = Matrices.bias(use.input(2), filters[0]);
      if (bias == null) {
        throw use.bad("its bias is not a tensor of the file of " + filters[0] + " numbers");
      }
    }
    Extent to = rank == 3 ? Extents.of(filters[0], width) : Extents.of(filters[0], height, width);
    int[] in = image;
    use.output(
        Matrices.product(
            use,
            x,
            w,
            bias,
            to,
            (v, weight, b) -> {
              int n = v.shape().dim(-1);
              Shape shape = Shape.of(in[0], in[1], in[2], n);
              return Extents.to(
                  Convolutions.conv2d(Extents.to(v, shape), weight, b, spec), to.shape(n));
            }));
  }

  /** How a window moves: the attributes that convolutions and poolings share. */
  record Window(
      Use use,
      int axes,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int dilationH,
      int dilationW) {
    static Window of(Use use, int axes, int kernelH, int kernelW) throws BadFileException {
      int[] strides = perAxis(use, "strides", axes);
      int[] dilations = perAxis(use, "dilations", axes);
      int[] kernel = perAxis(use, "kernel_shape", axes);
      if (use.hasAttribute("kernel_shape") && (kernel[0] != kernelH || kernel[1] != kernelW)) {
        throw use.bad("kernel_shape is not that of the filters");
      }
      return new Window(
          use, axes, kernelH, kernelW, strides[0], strides[1], dilations[0], dilations[1]);
    }

    /** An attribute with a number per axis of the image; of one axis, that of the columns. */
    static int[] perAxis(Use use, String name, int axes) throws BadFileException {
      long[] given = use.numbers(name, axes == 1 ? new long[] {1} : new long[] {1, 1});
      if (given.length != axes || Arrays.stream(given).anyMatch(v -> v < 1 || v > 1 << 20)) {
        throw use.bad(name + " " + Arrays.toString(given) + ": expected " + axes + " of 1 or more");
      }
      return new int[] {axes == 1 ? 1 : (int) given[0], (int) given[axes - 1]};
    }

    /** Zeros above, to the left, below and to the right. */
    int[] pads(int height, int width) throws BadFileException {
      String auto = use.text("auto_pad", "NOTSET");
      return switch (auto) {
        case "NOTSET", "" -> given();
        case "VALID" -> new int[4];
        case "SAME_UPPER", "SAME_LOWER" -> {
          int rows = same(height, kernelH, strideH, dilationH);
          int columns = same(width, kernelW, strideW, dilationW);
          int top = auto.equals("SAME_UPPER") ? rows / 2 : rows - rows / 2;
          int left = auto.equals("SAME_UPPER") ? columns / 2 : columns - columns / 2;
          yield new int[] {top, left, rows - top, columns - left};
        }
        default -> throw use.bad("auto_pad " + auto + " is not known");
      };
    }

    private int[] given() throws BadFileException {
      long[] given = use.numbers("pads", new long[2 * axes]);
      if (given.length != 2 * axes || Arrays.stream(given).anyMatch(v -> v < 0 || v > 1 << 20)) {
        throw use.bad("pads " + Arrays.toString(given) + ": expected two per axis, 0 or more");
      }
      return axes == 1
          ? new int[] {0, (int) given[0], 0, (int) given[1]}
          : new int[] {(int) given[0], (int) given[1], (int) given[2], (int) given[3]};
    }

    private static int same(int in, int kernel, int stride, int dilation) {
      int out = (in + stride - 1) / stride;
      return Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in);
    }
  }
}
