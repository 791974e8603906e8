package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.init.VarianceScaling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Convolution, pooling and residual layers. */
class LayersTest {
  private final Variable x = Variable.constant(RandomTensors.normal(1, 3, 6, 8, 2));

  private static Conv2d conv(String name, int in, int out, int stride) {
    Conv2dSpec spec = Conv2dSpec.VALID.withStride(stride).withPadding(1);
    return new Conv2d(name, Shape.of(out, in, 3, 3), spec, VarianceScaling.lecun(), new Seed(1));
  }

  private static Variable evaluate(Layer layer, Variable x) {
    return Pass.evaluation().through(layer, x);
  }

  @Test
  void aConvolutionHasPyTorchsNamesAndAddsItsBias() {
    Conv2d layer =
        new Conv2d("conv1", Shape.of(2, 3, 1, 1), Conv2dSpec.VALID, Constant.ZEROS, new Seed(1));
    assertThat(layer.parameters())
        .map(Parameter::name)
        .containsExactly("conv1.weight", "conv1.bias");
    layer.parameters().get(1).value().set(5, 1);
    Tensor y = evaluate(layer, x).value();
    assertThat(y.shape()).isEqualTo(Shape.of(2, 6, 8, 2));
    assertThat(y.slice(0, 1).toArray()).containsOnly(0);
    assertThat(y.slice(1, 2).toArray()).containsOnly(5);
    Conv2d bare =
        Conv2d.withoutBias(
            "conv1", Shape.of(2, 3, 1, 1), Conv2dSpec.VALID, new Constant(1), new Seed(1));
    assertThat(bare.parameters()).map(Parameter::name).containsExactly("conv1.weight");
    float sum = x.value().get(0, 1, 1, 1) + x.value().get(1, 1, 1, 1) + x.value().get(2, 1, 1, 1);
    assertThat(evaluate(bare, x).value().get(1, 1, 1, 1)).isEqualTo(sum);
  }

  @Test
  void poolingsShrinkThePicture() {
    PoolSpec two = PoolSpec.square(2);
    assertThat(evaluate(new MaxPool2d("pool", two), x).shape()).isEqualTo(Shape.of(3, 3, 4, 2));
    assertThat(evaluate(new AveragePool2d("pool", two, true), x).shape())
        .isEqualTo(Shape.of(3, 3, 4, 2));
    assertThat(evaluate(new GlobalAveragePool("pool"), x).shape()).isEqualTo(Shape.of(3, 2));
  }

  @Test
  void aResidualAddsWhatGoesAroundIt() {
    Layer zero =
        new Conv2d("c", Shape.of(3, 3, 1, 1), Conv2dSpec.VALID, Constant.ZEROS, new Seed(1));
    assertThat(evaluate(new Residual("block", zero), x).value().toArray())
        .isEqualTo(x.value().toArray());
    Residual projected = new Residual("block", conv("a", 3, 4, 2), conv("b", 3, 4, 2));
    assertThat(projected.parameters()).hasSize(4);
    assertThat(evaluate(projected, x).shape()).isEqualTo(Shape.of(4, 3, 4, 2));
    assertThat(new Residual("r", new BatchNorm("bn1", 3), new BatchNorm("bn2", 3)).buffers())
        .hasSize(4);
  }

  @Test
  void aLayerForEachStepKeepsItsNameAndItsBuffers() {
    TimeDistributed norms = new TimeDistributed(new BatchNorm("bn1", 3));
    assertThat(norms.buffers()).hasSize(2);
    List<String> seen = new ArrayList<>();
    Pass pass = Pass.evaluation().watchedBy((layer, in, y) -> seen.add(layer.name() + y.shape()));
    pass.through(norms, Variable.constant(RandomTensors.normal(1, 5, 3, 2)));
    assertThat(seen).containsExactly("bn1[3, 10]", "[5, 3, 2]");
  }

  @Test
  void wrongShapesNameTheLayer() {
    List<Layer> wrong =
        List.of(
            conv("conv7", 4, 2, 1),
            new MaxPool2d("pool7", PoolSpec.square(7)),
            new AveragePool2d("pool7", PoolSpec.square(9), true),
            new Residual("block7", conv("inner", 3, 4, 1)));
    List<String> sentences = new ArrayList<>();
    for (Layer layer : wrong) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> evaluate(new Sequential(new Relu(), layer), x))
          .satisfies(e -> sentences.add(String.valueOf(e.getMessage())));
    }
    assertThat(sentences)
        .containsExactly(
            "conv7: conv2d: x [3, 6, 8, 2], w [2, 4, 3, 3], groups 1: 3 channels in 1 groups take"
                + " filters of C/groups channels, and O must be a multiple of groups",
            "pool7: max pooling: windows of 7x7 do not fit into x [3, 6, 8, 2]",
            "pool7: average pooling: windows of 9x9 do not fit into x [3, 6, 8, 2]",
            "block7: residual: [4, 6, 8, 2] + [3, 6, 8, 2]: the body and the way around it must"
                + " give one shape");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> evaluate(new GlobalAveragePool("pool7"), Variable.constant(Tensor.scalar(1))))
        .withMessageStartingWith("pool7: global average pooling: x [] must be [C, H, W, N]");
  }

  @Test
  void aWatcherSeesEveryLayerWithItsOutputInnerOnesFirst() {
    List<String> seen = new ArrayList<>();
    Layer block = new Residual("block", new Sequential(conv("conv", 3, 3, 1), new Relu()));
    Pass pass = Pass.evaluation().watchedBy((layer, in, y) -> seen.add(layer.name() + y.shape()));
    pass.through(new Sequential(block, new GlobalAveragePool("pool")), x);
    assertThat(seen)
        .containsExactly(
            "conv[3, 6, 8, 2]",
            "[3, 6, 8, 2]",
            "[3, 6, 8, 2]",
            "block[3, 6, 8, 2]",
            "pool[3, 2]",
            "[3, 2]");
  }
}
