package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.ExampleNormalizations;
import io.github.snip4j.autograd.op.Normalizations;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Parameter.Role;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.onnx.Value.Computed;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Normalisation by the batch and by layers. */
final class Norms {
  private Norms() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("BatchNormalization", Norms::batchNorm);
    all.put("LayerNormalization", Norms::layerNorm);
  }

  private static void batchNorm(Use use) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    if (extent.rank() < 2 || extent.batch() != 0) {
      throw use.bad("of " + extent + ": expected [N, C, ...]");
    }
    use.expect("spatial", 1, "expected statistics per channel");
    for (int i = 1; i < use.outputs(); i++) {
      if (use.isUsed(i)) {
        throw use.bad("its output " + i + ", the statistics, is used");
      }
    }
    int channels = extent.lengths()[1];
    List<ParameterView> views =
        List.of(
            use.graph().view(perChannel(use, 1, channels), Role.SCALE, channels),
            use.graph().view(perChannel(use, 2, channels), Role.SHIFT, channels));
    List<Buffer> buffers = List.of(statistic(use, 3, channels), statistic(use, 4, channels));
    double eps = use.real("epsilon", 1e-5f);
    double momentum = 1 - use.real("momentum", 0.9f); // ONNX says what stays, not what comes
    if (!(eps >= 0 && momentum >= 0 && momentum <= 1)) {
      throw use.bad("epsilon " + eps + ", momentum " + use.real("momentum", 0.9f));
    }
    NodeLayer layer =
        new NodeLayer(
            use.layerName(perChannel(use, 1, channels)),
            views,
            buffers,
            (in, self, pass) -> normalized(in, self, pass, eps, momentum));
    use.output(use.graph().layer(use, extent, layer, x));
  }

  private static Variable normalized(
      Variable x, NodeLayer self, Pass pass, double eps, double momentum) {
    Variable scale = self.variable(0, pass);
    Variable shift = self.variable(1, pass);
    if (pass.mode() == Pass.Mode.EVALUATE) {
      return Normalizations.batchNorm(x, scale, shift, self.buffer(0), self.buffer(1), eps);
    }
    Normalizations.Normalized result = Normalizations.batchNorm(x, scale, shift, eps);
    result.updateRunning(self.buffer(0), self.buffer(1), momentum);
    return result.y();
  }

  private static Learned perChannel(Use use, int input, int channels) throws BadFileException {
    if (use.input(input) instanceof Learned learned && learned.size() == channels) {
      return learned;
    }
    throw use.bad("input " + input + " is not a tensor of the file of " + channels + " numbers");
  }

  private static Buffer statistic(Use use, int input, int channels) throws BadFileException {
    Learned learned = perChannel(use, input, channels);
    if (!learned.isWhole()) {
      throw use.bad("input " + input + " is not a tensor of the file, but is computed");
    }
    return use.graph().buffer(learned.tensors().get(0));
  }

  /** By mean and variance along the last axes of each example. */
  private static void layerNorm(Use use) throws BadFileException {
    Computed x = use.examples(0);
    Extent extent = x.extent();
    int first = use.axis(use.number("axis", -1), extent.rank());
    if (extent.batch() >= first) {
      throw use.bad("of " + extent + " from axis " + first + " on normalises over the batch");
    }
    int from = extent.axis(first);
    float eps = use.real("epsilon", 1e-5f);
    int[] lengths = Arrays.copyOfRange(extent.lengths(), first, extent.rank());
    Shape shape = Shape.of(lengths);
    Learned scale = perChannel(use, 1, shape.size());
    ParameterView weight = use.graph().view(scale, Role.SCALE, lengths);
    List<ParameterView> views =
        use.has(2)
            ? List.of(
                weight, use.graph().view(perChannel(use, 2, shape.size()), Role.SHIFT, lengths))
            : List.of(weight);
    boolean shifted = use.has(2);
    Variable zeros = Variable.constant(Tensor.zeros(shape));
    NodeLayer layer =
        new NodeLayer(
            use.layerName(scale),
            views,
            List.of(),
            (in, self, pass) ->
                ExampleNormalizations.layerNorm(
                    in,
                    self.variable(0, pass),
                    shifted ? self.variable(1, pass) : zeros,
                    from,
                    eps));
    use.output(use.graph().layer(use, extent, layer, x));
  }
}
