package io.github.snip4j.nn.onnx;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import io.github.snip4j.nn.onnx.Value.Repeated;
import java.util.Arrays;
import java.util.Map;

/** Operators that make constants, and that pass values on. */
final class Constants {
  private Constants() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Constant", Constants::constant);
    all.put("ConstantOfShape", Constants::constantOfShape);
    all.put("Shape", Constants::shape);
    all.put("Size", Constants::size);
    all.put("Identity", Constants::identity);
    all.put("Cast", Constants::cast);
    all.put("Dropout", Elements::dropout);
  }

  private static void constant(Use use) throws BadFileException {
    TensorData tensor = use.tensor("value");
    if (tensor != null) {
      // Weights may come as constants: they are learned under the name of the output.
      use.output(
          tensor.isReal() && tensor.dims().length == 0
              ? new Reals(tensor.dims(), tensor.reals())
              : GraphDraft.valueOf(use.named(tensor)));
    } else if (use.hasAttribute("value_float")) {
      use.output(Reals.scalar(use.real("value_float", 0)));
    } else if (use.hasAttribute("value_int")) {
      use.output(Wholes.of(new int[0], use.number("value_int", 0)));
    } else if (use.hasAttribute("value_floats")) {
      float[] reals = use.reals("value_floats");
      use.output(new Reals(new int[] {reals.length}, reals));
    } else if (use.hasAttribute("value_ints")) {
      long[] wholes = use.numbers("value_ints");
      use.output(Wholes.of(new int[] {wholes.length}, wholes));
    } else {
      throw use.bad("holds neither an array nor numbers");
    }
  }

  private static void constantOfShape(Use use) throws BadFileException {
    if (!(use.input(0) instanceof Wholes dims)) {
      throw use.bad("the shape must be known beforehand");
    }
    TensorData value = use.tensor("value");
    if (value == null || value.isReal()) {
      float number = value == null || value.size() == 0 ? 0 : value.reals()[0];
      use.output(new Repeated(number, dims));
      return;
    }
    if (!dims.isFixed()) {
      throw use.bad("whole numbers in a shape that depends on the batch");
    }
    int[] lengths = Reshapes.lengths(use, dims.fixed());
    long[] all = new long[use.graph().affordable(use, lengths)];
    Arrays.fill(all, value.size() == 0 ? 0 : value.wholes()[0]);
    use.output(Wholes.of(lengths, all));
  }

  private static Wholes lengthsOf(Use use) throws BadFileException {
    Value x = use.input(0);
    if (x instanceof Computed computed) {
      return Wholes.lengthsOf(computed.extent());
    }
    if (x instanceof Repeated repeated) {
      return repeated.dims();
    }
    if (x instanceof Known known) {
      return Wholes.lengthsOf(Extent.of(known.dims()));
    }
    throw use.bad("takes the shape of a value that is not there");
  }

  private static void shape(Use use) throws BadFileException {
    Wholes all = lengthsOf(use);
    int rank = all.size();
    int from = clamp(use.number("start", 0), rank);
    int to = clamp(use.number("end", rank), rank);
    int[] positions = new int[Math.max(0, to - from)];
    Arrays.setAll(positions, i -> from + i);
    use.output(all.pick(positions, new int[] {positions.length}));
  }

  private static int clamp(long axis, int rank) {
    return (int) Math.max(0, Math.min(rank, axis < 0 ? axis + rank : axis));
  }

  private static void size(Use use) throws BadFileException {
    Wholes all = lengthsOf(use);
    use.output(Arithmetics.product(use, all));
  }

  /**
   * Exporters share tensors that are equal. Weights are equal only where they are meant to be the
   * same; biases, scales and statistics often begin alike, and are tensors of their own.
   */
  private static void identity(Use use) throws BadFileException {
    Value x = use.input(0);
    boolean own = x instanceof Learned learned && learned.isWhole() && learned.dims().length < 2;
    use.output(own ? use.renamed((Learned) x) : x);
  }

  private static void cast(Use use) throws BadFileException {
    Value x = use.input(0);
    int to = (int) use.number("to", 0);
    boolean real =
        to == TensorData.FLOAT
            || to == TensorData.DOUBLE
            || to == TensorData.FLOAT16
            || to == TensorData.BFLOAT16;
    boolean whole = to == TensorData.INT64 || to == TensorData.INT32 || to == TensorData.BOOL;
    if (real && !(x instanceof Wholes)) {
      use.output(x);
    } else if (whole && x instanceof Wholes) {
      use.output(x);
    } else if (real && x instanceof Wholes wholes && wholes.isFixed()) {
      float[] reals = new float[wholes.size()];
      for (int i = 0; i < reals.length; i++) {
        reals[i] = wholes.fixed()[i];
      }
      use.output(new Reals(wholes.dims(), reals));
    } else if (whole && x instanceof Reals reals) {
      long[] wholes = new long[reals.size()];
      for (int i = 0; i < wholes.length; i++) {
        wholes[i] = (long) reals.values()[i];
      }
      use.output(Wholes.of(reals.dims(), wholes));
    } else {
      throw use.bad("cannot cast " + Arithmetics.what(x) + " to type " + to);
    }
  }
}
