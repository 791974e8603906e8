package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Softmaxes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Map;

/** Softmax, and its logarithm, along an axis. */
final class Probabilities {
  private Probabilities() {}

  /** What is computed along an axis. */
  @FunctionalInterface
  private interface Along {
    Variable of(Variable x, int axis);
  }

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Softmax", use -> read(use, Softmaxes::softmax));
    all.put("LogSoftmax", use -> read(use, Softmaxes::logSoftmax));
  }

  private static void read(Use use, Along softmax) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    boolean older = use.opset() < 13; // from the axis on, all axes together
    long given = use.number("axis", older ? 1 : -1);
    int axis = use.exampleAxis(given, extent);
    if (older && extent.batch() > use.axis(given, extent.rank())) {
      throw use.bad("works along the batch, " + extent + ": examples must not see each other");
    }
    int[] example = extent.example();
    int before = 1;
    int along = 1;
    for (int i = 0; i < example.length; i++) {
      before *= i < axis ? example[i] : 1;
      along *= i < axis ? 1 : example[i];
    }
    int[] rows = {before, along};
    use.output(
        use.graph()
            .step(
                use,
                extent,
                (in, n) ->
                    older
                        ? Extents.to(
                            softmax.of(Extents.reshape(in[0], n, rows), 1), extent.shape(n))
                        : softmax.of(in[0], axis),
                x));
  }
}
