package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Tanh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of other networks, of older versions, and with layers that nothing here makes. */
class NetworkFileRefusalsTest extends NetworkFileTestBase {
  @Test
  void aFileIsNotLoadedIntoAnotherNetwork() throws IOException {
    Path file = folder.resolve("tanh.npz");
    Layer fc = new Linear("fc", 2, 3, LECUN, SEED);
    NetworkFile.save(file, of(Shape.of(2), 3, fc, new Tanh()));
    assertThatThrownBy(() -> NetworkFile.load(file, of(Shape.of(2), 3, fc, new Relu())))
        .isInstanceOf(BadFileException.class)
        .hasMessage(file + ": is of another network than made: its layer 3 is 'tanh', not 'relu'");
  }

  /** y = x times one number per feature: a layer of somebody's own. */
  private record Times(Parameter factors) implements Layer {
    @Override
    public Variable forward(Variable x, Pass pass) {
      Shape column = factors.shape().append(1);
      return Arithmetic.multiply(
          x, io.github.snip4j.autograd.op.Shapes.reshape(pass.variable(factors), column));
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

  @Test
  void layersOfOnesOwnAreNamedAndCanBeGiven() throws IOException {
    Parameter factors =
        new Parameter("t.weight", Parameter.Role.SCALE, Tensor.of(Shape.of(2), 3f, 4f));
    Network network = of(Shape.of(2), 3, new Times(factors), new Linear("fc", 2, 3, LECUN, SEED));
    Path file = folder.resolve("own.npz");
    NetworkFile.save(file, network);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(BadFileException.class)
        .hasMessage(
            (file + ": holds a layer of the kind " + Times.class.getName())
                + ", which nothing here makes: give NetworkFile.read a LayerMaker for it");
    LayerMaker maker =
        new LayerMaker() {
          @Override
          public boolean makes(String kind) {
            return kind.equals(Times.class.getName());
          }

          @Override
          public Layer make(LayerSpec spec, List<Layer> parts, Initializer values) {
            return new Times(
                new Parameter(
                    "t.weight", Parameter.Role.SCALE, values.draw(Shape.of(2), new Seed(0))));
          }
        };
    assertSame(NetworkFile.read(file, maker).network(), network);
  }

  @Test
  void anOlderFileIsLoadedAndSaysWhyItIsNotRead() throws IOException {
    Network network = of(Shape.of(2), 3, new Linear("fc", 2, 3, LECUN, SEED));
    Path file = folder.resolve("older.npz");
    NpzWriter older = new NpzWriter().put("snip4j.network", "made");
    network.state().forEach(older::put);
    older.write(file);
    Network empty = of(Shape.of(2), 3, new Linear("fc", 2, 3, LECUN, new Seed(6)));
    NetworkFile.load(file, empty);
    assertSame(empty, network);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("does not say its architecture");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network name=a input=2 classes=3\n linear name=fc in=2000000000 out=1",
        "network name=a input=2 classes=3\n linear name=fc in=2 out=2000000000",
        "network name=a input=2 classes=3\n batch-norm name=bn channels=2000000000 eps=1 momentum=0",
        "network name=a input=2 classes=3\n lstm name=l in=1 units=500000000 forgetBias=0",
        "network name=a input=2 classes=3\n conv2d name=c filters=500000000,0,1,1 bias=true"
            + " stride=1,1 dilation=1,1 groups=1 padding=0,0,0,0",
        "network name=a input=2 classes=3\n linear name=fc in=2",
        "network name=a input=2 classes=3\n linear name=fc in=two out=3",
        "network name=a input=2 classes=3\n  relu",
        "network name=a input=2 classes=3",
        "network name=a input=2 classes=3\n relu\n relu",
        "network name=a input=2 classes=3\n onnx graph=AAAA",
        "network name=a input=2 classes=3\n onnx graph=!!!",
        "something else",
        ""
      })
  void anArchitectureThatCannotBeIsRefused(String text) throws IOException {
    Path file = folder.resolve("bad.npz");
    new NpzWriter().put("snip4j.architecture", text).write(file);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("its architecture cannot be made");
  }

  @Test
  void aMaskOfAnythingButZerosAndOnesIsRefused() throws IOException {
    Network network = of(Shape.of(2), 3, new Linear("fc", 2, 3, LECUN, SEED));
    Path file = folder.resolve("masked.npz");
    float[] quarter = {1, 1, 0.25f, 1, 1, 1};
    arrays(network).put("mask.fc.weight", Tensor.of(Shape.of(3, 2), quarter)).write(file);
    assertThatThrownBy(() -> NetworkFile.read(file, network))
        .isInstanceOf(BadFileException.class)
        .hasMessage(
            file
                + ", array 'mask.fc.weight': must hold whole numbers or booleans, not 32-bit real"
                + " numbers");
    arrays(network).put("mask.fc.bias", new int[] {1, 1, 2}).write(file);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> NetworkFile.read(file, network),
            () -> NetworkFile.load(file, network),
            () -> NetworkFile.masks(file, network))) {
      assertThatThrownBy(reading)
          .isInstanceOf(BadFileException.class)
          .hasMessage(file + ": array 'mask.fc.bias' holds 2 at position 2: expected 0 or 1");
    }
  }

  private static NpzWriter arrays(Network network) {
    NpzWriter writer = new NpzWriter();
    network.state().forEach(writer::put);
    return writer;
  }

  @Test
  void layersWithinLayersWithoutEndAreRefused() throws IOException {
    StringBuilder text = new StringBuilder("network name=a input=2 classes=3");
    for (int depth = 1; depth < 5000; depth++) {
      text.append('\n').append(" ".repeat(depth)).append("sequential");
    }
    Path file = folder.resolve("deep.npz");
    new NpzWriter()
        .put("snip4j.architecture", text.toString())
        .pack("snip4j.architecture")
        .write(file);
    assertThatThrownBy(() -> NetworkFile.read(file))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("more than 100 deep");
  }
}
