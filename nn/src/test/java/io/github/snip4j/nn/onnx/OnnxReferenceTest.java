package io.github.snip4j.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.nn.Buffer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks that PyTorch exported, beside PyTorch's own results in double precision: {@code
 * make_onnx.py} made both.
 */
class OnnxReferenceTest {
  static final Path FOLDER = Path.of("src/test/resources/onnx");

  static final List<String> NAMES =
      List.of(
          "mlp",
          "lenet-view",
          "resnet",
          "mobilenet-v2",
          "mobilenet-v3",
          "efficientnet",
          "squeezenet",
          "densenet",
          "lstm",
          "gru",
          "lstm-2-layers-both-ways",
          "attention");

  static List<String> names() {
    return NAMES;
  }

  /** Inputs, labels and results of one network. */
  private static Npz expected(String name) throws IOException {
    return Npz.read(FOLDER.resolve(name + ".npz"));
  }

  static Tensor batchLast(Tensor t) {
    int[] dims = t.shape().toArray();
    int[] example = new int[dims.length - 1];
    System.arraycopy(dims, 1, example, 0, example.length);
    Shape shape = Shape.of(example);
    return Golden.transpose(t.reshape(Shape.of(dims[0], shape.size())))
        .reshape(shape.append(dims[0]));
  }

  /**
   * Exporting in training mode is a step of training for PyTorch's batch norms, so the statistics
   * in a file are one update ahead of the network that the results are of. One more step here says
   * what the update was, and both are taken back.
   */
  private static void takeBackOneUpdate(Network network, Tensor x) {
    List<Tensor> before = new ArrayList<>();
    for (Buffer buffer : network.body().buffers()) {
      before.add(buffer.value().copy());
    }
    network.forward(Variable.constant(x), Pass.training(new Seed(0)));
    int next = 0;
    for (Buffer buffer : network.body().buffers()) {
      Tensor r = before.get(next++);
      for (int i = 0; i < r.size(); i++) {
        double batch = (buffer.value().at(i) - 0.9 * r.at(i)) / 0.1;
        buffer.value().put(i, (float) ((r.at(i) - 0.1 * batch) / 0.9));
      }
    }
  }

  private static Network read(String name, Tensor x) throws IOException {
    Network network = OnnxFile.read(FOLDER.resolve(name + ".onnx"));
    if (!network.body().buffers().isEmpty()) {
      takeBackOneUpdate(network, x);
    }
    return network;
  }

  @ParameterizedTest
  @MethodSource("names")
  void theLogitsAreThoseOfPyTorch(String name) throws IOException {
    Npz npz = expected(name);
    Tensor x = batchLast(npz.floats("x"));
    Tensor logits = batchLast(npz.floats("logits"));
    Golden.assertClose(read(name, x).logits(x), logits, 1e-5);
    Network folded = OnnxFile.read(FOLDER.resolve(name + ".folded.onnx"));
    Golden.assertClose(folded.logits(x), logits, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSensitivitiesAreThoseOfPyTorchUnderItsNames(String name) throws IOException {
    Npz npz = expected(name);
    Tensor x = batchLast(npz.floats("x"));
    Network network = read(name, x);
    Pass pass = Pass.connections(Pass.Mode.EVALUATE, new Seed(0), p -> p.role().isConnection());
    Gradients gradients = network.loss(new Batch(x, npz.ints("labels")), pass).backward();
    List<String> names = new ArrayList<>();
    float largest = 0;
    for (String array : npz.names()) {
      if (array.startsWith("c.")) {
        names.add(array.substring(2));
        for (float c : npz.floats(array).toArray()) {
          largest = Math.max(largest, Math.abs(c));
        }
      }
    }
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        assertThat(names).contains(parameter.name());
        names.remove(parameter.name());
        Tensor c = gradients.of(pass.mask(parameter));
        Tensor wanted = npz.floats("c." + parameter.name());
        assertThat(c.shape()).isEqualTo(wanted.shape());
        for (int i = 0; i < c.size(); i++) {
          assertThat(Math.abs(c.at(i) - wanted.at(i)))
              .as("%s at %s", parameter, i)
              .isLessThanOrEqualTo(1e-5f * largest);
        }
      }
    }
    assertThat(names).as("connections that the network lacks").isEmpty();
  }

  /**
   * A weight that a factor is folded into has the same sensitivity: w times the factor, over it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"resnet", "mobilenet-v2", "mobilenet-v3", "efficientnet"})
  void foldedConvolutionsHaveTheNamesAndTheSensitivitiesOfTheirModules(String name)
      throws IOException {
    Npz npz = expected(name);
    Network network = OnnxFile.read(FOLDER.resolve(name + ".folded.onnx"));
    Batch batch = new Batch(batchLast(npz.floats("x")), npz.ints("labels"));
    Pass pass = Pass.connections(Pass.Mode.EVALUATE, new Seed(0), p -> p.role().isConnection());
    Gradients gradients = network.loss(batch, pass).backward();
    int looked = 0;
    for (String array : npz.names()) {
      if (array.startsWith("c.") && array.endsWith(".weight")) {
        Parameter parameter = network.parameter(array.substring(2));
        Tensor wanted = npz.floats(array);
        if (wanted.shape().rank() == 4) {
          looked++;
          Golden.assertClose(gradients.of(pass.mask(parameter)), wanted, 2e-5);
        }
      }
    }
    assertThat(looked).isGreaterThan(6);
    assertThat(network.parameters()).noneMatch(p -> p.name().startsWith("onnx::Conv"));
  }

  private static Map<String, Mask> masks(Network network, IntPredicate kept) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        boolean[] keep = new boolean[parameter.size()];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = kept.test(i + Math.floorMod(parameter.name().hashCode(), 7));
        }
        masks.put(parameter.name(), new Mask(parameter.shape(), keep));
      }
    }
    return masks;
  }

  private static Map<String, Storage> sparse(Map<String, Mask> masks) {
    Map<String, Storage> sparse = new LinkedHashMap<>();
    masks.keySet().forEach(name -> sparse.put(name, Storage.SPARSE));
    return sparse;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aPrunedNetworkIsTheWholeOneWithZeros(String name) throws IOException {
    Tensor x = batchLast(expected(name).floats("x"));
    for (String file : List.of(name + ".onnx", name + ".folded.onnx")) {
      Network network = OnnxFile.read(FOLDER.resolve(file));
      Map<String, Mask> masks = masks(network, i -> i * 31 % 4 == 0);
      Network masked = network.on(Parameter::copy);
      masks.forEach((of, mask) -> mask.applyTo(masked.parameter(of).value()));
      Tensor expected = masked.logits(x);
      Golden.assertClose(network.restructured(masks, sparse(masks)).logits(x), expected, 1e-5);
      Golden.assertClose(network.restructured(masks, Map.of()).logits(x), expected, 1e-5);
      Golden.assertClose(network.restructured(masks).logits(x), expected, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "lstm", "gru", "attention"})
  void aPrunedNetworkHasTheGradientsOfTheWholeOneWhereItIsKept(String name) throws IOException {
    Npz npz = expected(name);
    Batch batch = new Batch(batchLast(npz.floats("x")), npz.ints("labels"));
    Network network = OnnxFile.read(FOLDER.resolve(name + ".onnx"));
    Map<String, Mask> masks = masks(network, i -> i % 3 != 1);
    Network pruned = network.restructured(masks, sparse(masks));
    Network zeros = pruned.on(Parameter::unpruned);
    Pass one = Pass.training(new Seed(1));
    Pass two = Pass.training(new Seed(1));
    Gradients few = pruned.loss(batch, one).backward();
    Gradients all = zeros.loss(batch, two).backward();
    float largest = 0;
    float worst = 0;
    for (Map.Entry<String, Mask> entry : masks.entrySet()) {
      Tensor whole = all.of(two.values(zeros.parameter(entry.getKey())));
      Tensor kept = few.of(one.values(pruned.parameter(entry.getKey())));
      int[] positions = entry.getValue().keptPositions();
      assertThat(kept.size()).isEqualTo(positions.length);
      for (int i = 0; i < positions.length; i++) {
        largest = Math.max(largest, Math.abs(kept.at(i)));
        worst = Math.max(worst, Math.abs(kept.at(i) - whole.at(positions[i])));
      }
    }
    assertThat(largest).isPositive();
    assertThat(worst).isLessThan(1e-5f * largest);
  }
}
