package io.github.snip4j.nn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks from ONNX files, with layers of one's own, and with a layer in two places. */
class PredictorLayersTest {
  private static final Seed SEED = new Seed(4);
  private static final Path ONNX = Path.of("src/test/resources/onnx");

  /** The results are PyTorch's, in double precision; {@code make_onnx.py} made them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"mlp", "lenet-view", "resnet", "mobilenet-v3", "lstm", "gru", "attention"})
  void ofAnOnnxFileEachExampleHasTheBitsOfTheNetworkAndTheLogitsOfPyTorch(String name)
      throws IOException {
    Network network = OnnxFile.read(ONNX.resolve(name + ".folded.onnx"));
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isFalse();
    Npz npz = Npz.read(ONNX.resolve(name + ".npz"));
    float[] examples = npz.floats("x").toArray(); // the batch first
    float[] logits = npz.floats("logits").toArray();
    int in = predictor.inputs();
    int out = predictor.outputs();
    for (int n = 0; n < examples.length / in; n++) {
      float[] example = Arrays.copyOfRange(examples, n * in, (n + 1) * in);
      float[] y = predictor.predict(example);
      assertThat(y).isEqualTo(network.predict(example));
      float[] expected = Arrays.copyOfRange(logits, n * out, (n + 1) * out);
      Shape shape = Shape.of(out);
      Golden.assertClose(Tensor.of(shape, y), Tensor.of(shape, expected), 1e-5);
    }
  }

  /** y = x times a number for each feature. */
  private record Times(Parameter factors) implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      return Arithmetic.multiply(
          x,
          io.github.snip4j.autograd.op.Shapes.reshape(
              pass.variable(factors), factors.shape().append(1)));
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(factors);
    }

    @Override
    public Layer on(UnaryOperator<Parameter> change) {
      return new Times(change.apply(factors));
    }
  }

  private static Linear linear(String name, float... w) {
    Initializer given = (shape, seed) -> Tensor.of(shape, w);
    Linear layer = new Linear(name, 2, 2, given, SEED);
    layer.parameters().get(1).value().put(0, 1);
    layer.parameters().get(1).value().put(1, -2);
    return layer;
  }

  @Test
  void layersOfOnesOwnAreAskedThemselves() {
    Parameter factors =
        new Parameter("times.weight", Parameter.Role.SCALE, Tensor.of(Shape.of(2), 10, 100));
    Layer square = (x, pass) -> Arithmetic.multiply(x, x);
    Network network =
        new Network(
            "own",
            Shape.of(2),
            2,
            new Sequential(linear("fc", 1, -1, 2, 1), square, new Times(factors)));
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isFalse();
    assertThat(predictor.predict(3, 1)).containsExactly(90, 2500); // fc gives 3, 5
    assertThat(predictor.predict(-1, 4)).containsExactly(160, 0); // -4, 0
    factors.value().put(0, 0);
    factors.changed();
    assertThat(network.predict(3, 1)).containsExactly(0, 2500);
    assertThat(predictor.predict(3, 1)).containsExactly(90, 2500); // of the network as it was
    float[] example = {0.3f, -1.7f};
    Predictor now = Predictor.of(network);
    now.warmUp();
    assertThat(now.predict(example)).isEqualTo(network.predict(example));
  }

  /** A layer with parameters that does not say how it is copied. */
  private record Fixed(Parameter factors) implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      return x;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(factors);
    }
  }

  @Test
  void aLayerThatCannotBeCopiedIsNamed() {
    Parameter factors = new Parameter("f.weight", Parameter.Role.SCALE, Tensor.zeros(Shape.of(2)));
    Network network = new Network("fixed", Shape.of(2), 2, new Fixed(factors));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> Predictor.of(network))
        .withMessage("Fixed: implement 'on' to copy or to prune it");
  }

  @Test
  void aLayerInTwoPlacesHasItsWeightsInBoth() {
    Linear fc = linear("fc", 1, -1, 2, 1);
    Network network =
        new Network("twice", Shape.of(2), 2, new Sequential(fc, new Relu(), fc, new Relu()));
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isTrue();
    assertThat(predictor.predict(3, 1)).containsExactly(0, 9); // 3, 5; -1, 9
    assertThat(predictor.predict(-2, 0)).containsExactly(1, 0); // -1, -6; 1, -2
    Mask mask = new Mask(Shape.of(2, 2), new boolean[] {true, false, true, true});
    Predictor pruned = Predictor.of(network.restructured(Map.of("fc.weight", mask)));
    assertThat(pruned.predict(3, 1)).containsExactly(5, 11); // 4, 5; 5, 11
  }

  @Test
  void aLayerOnBothWaysOfAResidualCountsTwice() {
    Linear fc = linear("fc", 1, -1, 2, 1);
    Network network =
        new Network("both", Shape.of(2), 2, new Sequential(new Residual("r", fc, fc), fc));
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isTrue();
    assertThat(predictor.predict(3, 1)).containsExactly(6 - 10 + 1, 12 + 10 - 2); // 6, 10
    Relu relu = new Relu();
    Network rectified =
        new Network("relus", Shape.of(2), 2, new Residual("r", relu, new Sequential(relu, fc)));
    assertThat(Predictor.of(rectified).predict(3, -1)).containsExactly(3 + 4, 4); // 3, 0; 4, 4
    Network inside = new Network("in", Shape.of(2), 2, new Residual("r", new Sequential(relu, fc)));
    assertThat(Predictor.of(inside).predict(3, -1)).containsExactly(4 + 3, 4 - 1);
  }

  @Test
  void aConvolutionANormAndACellInTwoPlacesAreNearTheNetwork() {
    VarianceScaling init = VarianceScaling.glorot();
    Conv2d conv =
        new Conv2d("c", Shape.of(3, 3, 3, 3), Conv2dSpec.VALID.withPadding(1), init, SEED);
    BatchNorm norm = new BatchNorm("bn", 3);
    norm.buffers().get(0).value().put(1, 0.3f);
    norm.buffers().get(1).value().put(2, 1.7f);
    Network pictures =
        new Network(
            "pictures",
            Shape.of(3, 8, 6),
            36,
            new Sequential(
                conv, norm, new MaxPool2d("p", PoolSpec.square(2)), conv, norm, new Flatten()));
    assertNear(pictures, 36);
    Lstm lstm = new Lstm("l", 4, 4, 1f, init, SEED);
    Network sequences =
        new Network("sequences", Shape.of(5, 4), 4, new Sequential(lstm, lstm, new LastTimeStep()));
    assertNear(sequences, 4);
  }

  private static void assertNear(Network network, int outputs) {
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isTrue();
    float[] example = RandomTensors.normal(9, network.input().toArray()).toArray();
    Shape shape = Shape.of(outputs);
    Golden.assertClose(
        Tensor.of(shape, predictor.predict(example)),
        Tensor.of(shape, network.predict(example)),
        2e-5);
  }
}
