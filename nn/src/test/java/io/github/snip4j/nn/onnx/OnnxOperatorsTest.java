package io.github.snip4j.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import io.github.snip4j.nn.onnx.OnnxModel.Port;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single operators, and what is said of those that are not understood. */
class OnnxOperatorsTest {
  /** x of three examples with four features. */
  private static final Tensor X =
      Tensor.of(Shape.of(4, 3), -3, -2, -1, -0.5f, 0, 0.25f, 0.5f, 1, 2, 3, 5, 8);

  private static float[] of(Graphs graph) throws IOException {
    return graph.network().logits(X).toArray();
  }

  private static float[] each(DoubleUnaryOperator f) {
    float[] y = X.toArray();
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) f.applyAsDouble(y[i]);
    }
    return y;
  }

  private static Graphs features() {
    return Graphs.of(-1, 4);
  }

  /** PyTorch writes a recurrent cell's first states so where the batch of the export is fixed. */
  @Test
  void zerosForEachExampleOfAFixedBatchAreThoseOfAnyBatch() throws IOException {
    Graphs graph =
        Graphs.of(2, 4)
            .tensor(TensorData.of("zeros", new int[] {2, 4}, new float[8]))
            .node("Shape", "x", "shape")
            .node("Expand", "zeros shape", "state")
            .node("Add", "x state", "sum")
            .node("Relu", "sum", "y");
    assertThat(of(graph)).isEqualTo(each(x -> Math.max(x, 0)));
    Graphs other =
        Graphs.of(2, 4)
            .weights("state", 2, 4)
            .node("Shape", "x", "shape")
            .node("Expand", "state shape", "y");
    assertThatThrownBy(() -> of(other))
        .hasMessageEndingWith("[2, 4] with [N, 4]: axis 0 does not fit");
  }

  /** Since opset 18 an input may name the axes that are padded. */
  @Test
  void padsOfSomeAxes() throws IOException {
    Graphs some =
        features()
            .opset(18)
            .tensor(TensorData.vector("pads", 1, 2))
            .tensor(TensorData.vector("axes", -1))
            .node("Pad", "x pads - axes", "y");
    Graphs all =
        features().tensor(TensorData.vector("pads", 0, 1, 0, 2)).node("Pad", "x pads", "y");
    assertThat(of(some)).hasSize(7 * 3).isEqualTo(of(all));
    assertThatThrownBy(
            () ->
                of(
                    features()
                        .opset(18)
                        .tensor(TensorData.vector("pads", 1, 2))
                        .tensor(TensorData.vector("axes", 2))
                        .node("Pad", "x pads - axes", "y")))
        .hasMessageEndingWith("axis 2 of 2");
  }

  @Test
  void whatIsNoFloatIsRefusedWithWhatToDo() {
    for (int type : new int[] {TensorData.INT64, TensorData.DOUBLE}) {
      OnnxModel model = features().node("Relu", "x", "y").model();
      Port port = model.inputs().get(0);
      OnnxModel other =
          new OnnxModel(
              model.name(),
              model.opset(),
              model.nodes(),
              model.tensors(),
              List.of(new Port(port.name(), type, port.dims())),
              model.outputs());
      assertThatThrownBy(() -> InputPort.of("m.onnx", other))
          .hasMessageContaining(
              type == TensorData.INT64
                  ? "input 'x' takes whole numbers, as an embedding does: expected float"
                  : "input 'x' is not of type float: export it as float32");
    }
  }

  @ParameterizedTest
  @CsvSource({"Relu", "Sigmoid", "Tanh", "Softplus", "HardSwish", "HardSigmoid", "Neg", "Exp"})
  void elementwiseOperatorsAreWhatTheirDefinitionsSay(String operator) throws IOException {
    float[] y = of(features().node(operator, "x", "y"));
    float[] expected =
        each(
            x ->
                switch (operator) {
                  case "Relu" -> Math.max(x, 0);
                  case "Sigmoid" -> 1 / (1 + Math.exp(-x));
                  case "Tanh" -> Math.tanh(x);
                  case "Softplus" -> Math.log1p(Math.exp(x));
                  case "HardSwish" -> x * Math.max(0, Math.min(1, x / 6 + 0.5));
                  case "HardSigmoid" -> Math.max(0, Math.min(1, 0.2 * x + 0.5));
                  case "Neg" -> -x;
                  default -> Math.exp(x);
                });
    assertThat(y).hasSameSizeAs(expected);
    for (int i = 0; i < y.length; i++) {
      assertThat(y[i]).isCloseTo(expected[i], offset(1e-6f * Math.max(1, Math.abs(expected[i]))));
    }
  }

  @Test
  void clippingTakesItsBoundsFromInputsAndFromAttributes() throws IOException {
    float[] expected = each(x -> Math.max(-1, Math.min(2, x)));
    assertThat(
            of(
                features()
                    .tensor(TensorData.of("low", new int[0], -1f))
                    .tensor(TensorData.of("high", new int[0], 2f))
                    .node("Clip", "x low high", "y")))
        .isEqualTo(expected);
    assertThat(
            of(
                features()
                    .opset(9)
                    .node(
                        "Clip",
                        "x",
                        "y",
                        Map.of("min", Attribute.of(-1f), "max", Attribute.of(2f)))))
        .isEqualTo(expected);
  }

  @Test
  void aReshapeOfAFileForOneExampleIsOneForAnyNumber() throws IOException {
    float[] y =
        Graphs.of(1, 2, 2)
            .tensor(TensorData.vector("shape", 1, 4))
            .node("Reshape", "x shape", "y")
            .network()
            .logits(X.reshape(Shape.of(2, 2, 3)))
            .toArray();
    assertThat(y).isEqualTo(X.toArray());
  }

  @Test
  void productsTakeTheirWeightsAsTheyAreInTheFile() throws IOException {
    float[] gemm = of(features().weights("w", 4, 2).node("Gemm", "x w", "y"));
    float[] matMul = of(features().weights("w", 4, 2).node("MatMul", "x w", "y"));
    float[] doubled =
        of(
            features()
                .weights("w", 4, 2)
                .node("Gemm", "x w", "y", Map.of("alpha", Attribute.of(2f))));
    for (int i = 0; i < gemm.length; i++) {
      assertThat(matMul[i]).isEqualTo(gemm[i]);
      assertThat(doubled[i]).isEqualTo(2 * gemm[i]);
    }
    float sum = 0;
    for (int k = 0; k < 4; k++) {
      sum += X.get(k, 1) * ((k * 2 * 7 % 11 - 5) / 8f);
    }
    assertThat(gemm[1]).isEqualTo(sum);
  }

  @Test
  void whatIsAddedToAProductIsABiasAndWhatIsAddedToAnotherValueAShift() throws IOException {
    Graphs graph =
        features()
            .weights("w", 4, 2)
            .weights("b", 2)
            .weights("scale", 2)
            .weights("shift", 2)
            .node("MatMul", "x w", "a")
            .node("Add", "b a", "c")
            .node("Mul", "c scale", "d")
            .node("Add", "d shift", "y");
    assertThat(graph.network().parameters().stream().map(p -> p.name() + " " + p.role()))
        .containsExactly("w WEIGHT", "b BIAS", "scale SCALE", "shift SHIFT");
  }

  @Test
  void whatIsNotNeededForTheOutputIsNoPartOfTheNetwork() throws IOException {
    Graphs graph =
        features()
            .weights("w", 4, 2)
            .weights("unused", 4, 3)
            .node("MatMul", "x unused", "other")
            .node("MatMul", "x w", "y");
    assertThat(graph.network().connections()).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Einsum; x; y; node 'the-Einsum' (Einsum): there is no such operator here",
        "Relu; z; y; nothing before it makes its input 'z'",
        "MatMul; x x; y; expected the batch in front of matrices",
        "ReduceMean; x; y; examples must not see each other",
        "Erf; x; y; expected the error function of x / √2, in a GELU",
        "Flatten; x; z; output 'y' does not depend on the input"
      })
  void whatIsNotUnderstoodIsSaidInOneSentence(
      String operator, String inputs, String outputs, String message) {
    assertThatThrownBy(() -> features().node(operator, inputs, outputs).network())
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("made.onnx: ")
        .hasMessageContaining(message);
  }

  @Test
  void operationsAlongTheBatchAreRefused() {
    assertThatThrownBy(
            () -> features().node("Softmax", "x", "y", Map.of("axis", Attribute.of(0L))).network())
        .hasMessageContaining("works along the batch, [N, 4]: examples must not see each other");
    assertThatThrownBy(
            () ->
                Graphs.of(-1, 4, 2)
                    .tensor(TensorData.vector("shape", -1, 4))
                    .node("Reshape", "x shape", "y")
                    .network())
        .hasMessageContaining("merges the batch with other axes");
  }
}
