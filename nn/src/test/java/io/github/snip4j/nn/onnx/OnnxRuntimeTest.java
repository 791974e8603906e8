package io.github.snip4j.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.AveragePool2d;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.LogSoftmax;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.RowsAsSequence;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Softmax;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that are written as ONNX, and run by onnxruntime. */
class OnnxRuntimeTest {
  private static final Seed SEED = new Seed(3);
  private static final int BATCH = 2;

  /** A small network of each kind. */
  static final List<String> SMALL =
      List.of(
          "linear",
          "lenet-300-100",
          "lenet-5-caffe",
          "alexnet-s",
          "vgg-like-quarter",
          "resnet-20",
          "mobilenet-v2",
          "wrn-10-1",
          "lstm-s",
          "gru-s");

  static Stream<String> others() {
    return Models.all().stream().map(Model::name).filter(name -> !SMALL.contains(name));
  }

  private static Network network(String name) {
    Model model = Objects.requireNonNull(Models.named(name));
    Network network = model.create(VarianceScaling.lecun(), SEED);
    return stirred(network);
  }

  /** With biases, scales and statistics that are not those of a fresh network. */
  private static Network stirred(Network network) {
    Map<String, Tensor> state = network.state();
    state.forEach(
        (name, tensor) -> {
          if (tensor.shape().rank() == 1) {
            for (int i = 0; i < tensor.size(); i++) {
              double u = SEED.child(name).uniform(i);
              tensor.put(i, (float) (name.endsWith("var") ? 0.5 + u : tensor.at(i) + u / 4));
            }
          }
        });
    network.parameters().forEach(Parameter::changed);
    return network;
  }

  private static Network pruned(Network network) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        boolean[] keep = new boolean[parameter.size()];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = i % 5 == 2;
        }
        masks.put(parameter.name(), new Mask(parameter.shape(), keep));
      }
    }
    return network.restructured(masks);
  }

  private static Tensor input(Network network, int batch) {
    Tensor x = Tensor.zeros(network.input().append(batch));
    for (int i = 0; i < x.size(); i++) {
      x.put(i, (float) SEED.child("x").normal(i));
    }
    return x;
  }

  /** What onnxruntime gives for x, which has the batch last. */
  private static Tensor ran(byte[] model, Tensor x) throws OrtException {
    int n = x.shape().dim(-1);
    Shape example = x.shape().dropLast();
    Tensor first = Golden.transpose(x.reshape(Shape.of(example.size(), n)));
    long[] dims = new long[example.rank() + 1];
    dims[0] = n;
    for (int axis = 0; axis < example.rank(); axis++) {
      dims[axis + 1] = example.dim(axis);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor in =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(first.toArray()), dims);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), in))) {
      float[][] logits = (float[][]) result.get(0).getValue();
      Tensor y = Tensor.zeros(Shape.of(logits[0].length, n));
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < logits[i].length; k++) {
          y.set(logits[i][k], k, i);
        }
      }
      return y;
    }
  }

  private static void agrees(Network network, boolean sparse) throws OrtException {
    Tensor x = input(network, BATCH);
    Golden.assertClose(ran(OnnxFile.bytes(network, sparse), x), network.logits(x), 1e-5);
  }

  @ParameterizedTest
  @FieldSource("SMALL")
  void aSmallNetworkOfEachKindGivesTheSameLogitsDenseAndPruned(String name) throws OrtException {
    everyOtherNetworkDoesSoToo(name);
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @MethodSource("others")
  void everyOtherNetworkDoesSoToo(String name) throws OrtException {
    Network network = network(name);
    agrees(network, false);
    agrees(pruned(network), true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lenet-300-100",
        "lenet-5-caffe",
        "vgg-like-quarter",
        "lstm-s",
        "gru-s",
        "wrn-10-1"
      })
  void whatIsWrittenIsReadAgain(String name) throws IOException {
    Network network = pruned(network(name));
    Tensor x = input(network, BATCH);
    for (boolean sparse : new boolean[] {false, true}) {
      byte[] bytes = OnnxFile.bytes(network, sparse);
      Network back = OnnxFile.read(name, new ByteArrayInputStream(bytes));
      Golden.assertClose(back.logits(x), network.logits(x), 1e-6);
      for (Parameter parameter : network.parameters()) {
        Parameter same = back.parameter(parameter.name());
        assertThat(same.value().toArray()).isEqualTo(parameter.dense().toArray());
        assertThat(same.shape()).isEqualTo(parameter.shape());
        assertThat(same.role()).isEqualTo(parameter.role());
      }
    }
  }

  @Test
  void aSparseFileIsSmaller() {
    Network pruned = pruned(network("lenet-300-100"));
    assertThat(OnnxFile.bytes(pruned, true).length)
        .isLessThan(OnnxFile.bytes(pruned, false).length * 2 / 3);
  }

  private static Network of(Shape input, int classes, Layer... layers) {
    return stirred(new Network("made", input, classes, new Sequential(layers)));
  }

  @Test
  void everyKindOfLayerIsWritten() throws OrtException {
    VarianceScaling lecun = VarianceScaling.lecun();
    agrees(
        of(
            Shape.of(1, 9, 9),
            4,
            new AveragePool2d("a", new PoolSpec(3, 2, 2, 1, 1, 0, 0, 1), true),
            new Gelu(),
            new AveragePool2d("b", new PoolSpec(3, 3, 2, 2, 1, 1, 1, 1), false),
            new Tanh(),
            new MaxPool2d("c", PoolSpec.square(2).roundedUp()),
            new Flatten(),
            new Dropout("d", 0.3),
            new Linear("fc", 3, 8, lecun, SEED),
            new LeakyRelu(0.2f),
            new Sigmoid(),
            new Softplus(),
            new Linear("fc2", 8, 4, lecun, SEED),
            new Softmax(),
            new LogSoftmax()),
        false);
    for (Gru.Reset reset : Gru.Reset.values()) {
      agrees(
          of(
              Shape.of(1, 5, 3),
              4,
              new RowsAsSequence(),
              new Gru("gru", 3, 4, reset, lecun, SEED),
              new LastTimeStep()),
          false);
    }
  }

  @Test
  void aLayerThatOnnxHasNoOperatorsForIsNamed() {
    Layer own = (x, pass) -> x;
    Network network = new Network("own", Shape.of(2), 2, new Sequential(new Own(own)));
    assertThatThrownBy(() -> OnnxFile.bytes(network, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ONNX: layers of the kind " + Own.class.getName() + " cannot be written");
  }

  private record Own(Layer inner) implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      return inner.forward(x, pass);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "lstm", "attention", "mobilenet-v3", "densenet"})
  void aNetworkFromPyTorchIsWrittenWithItsNewWeights(String name) throws IOException, OrtException {
    Network network = stirred(OnnxFile.read(OnnxReferenceTest.FOLDER.resolve(name + ".onnx")));
    agrees(network, false);
    agrees(pruned(network), true);
  }
}
