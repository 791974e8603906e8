package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.autograd.op.Softmaxes;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Softmax, and its logarithm, along an axis. */
final class Probabilities {
  private Probabilities() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Softmax", use -> read(use, Softmaxes::softmax));
    all.put("LogSoftmax", use -> read(use, Softmaxes::logSoftmax));
  }

  private static void read(Use use, UnaryOperator<Variable> alongFirst) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    boolean older = use.opset() < 13; // from the axis on, all axes together
    long given = use.number("axis", older ? 1 : -1);
    int axis = use.exampleAxis(given, extent);
    int[] example = extent.example();
    int before = 1;
    int along = 1;
    int after = 1;
    for (int i = 0; i < example.length; i++) {
      before *= i < axis ? example[i] : 1;
      along *= i == axis || (older && i > axis) ? example[i] : 1;
      after *= i > axis && !older ? example[i] : 1;
    }
    if (older && extent.batch() > use.axis(given, extent.rank())) {
      throw use.bad("works along the batch, " + extent + ": examples must not see each other");
    }
    int[] axes = {before, along, after};
    use.output(
        use.graph()
            .step(
                use,
                extent,
                (in, n) -> {
                  Shape rows = Shape.of(axes[0], axes[1], Math.multiplyExact(axes[2], n));
                  Variable first = Shapes.transpose(Shapes.reshape(in[0], rows), 0, 1);
                  Variable y = Shapes.transpose(alongFirst.apply(first), 0, 1);
                  return Extents.to(y, extent.shape(n));
                },
                x));
  }
}
