package io.github.snip4j.nn.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.autograd.Gradients;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer, on inputs that it takes and on inputs that it does not. */
class WrongShapesTest {
  private static final Seed SEED = new Seed(1);
  private static final Initializer INIT = VarianceScaling.lecun();

  /** Layers that take any shape. */
  private static final List<Layer> TAKE_ANY =
      List.of(
          new Relu(),
          new LeakyRelu(0.1f),
          new Gelu(),
          new Softplus(),
          new Tanh(),
          new Sigmoid(),
          new Silu(),
          new HardSwish(),
          new HardSigmoid(),
          new Relu6(),
          new Dropout("drop7", 0.5),
          new Sequential());

  /**
   * A layer, an input that it takes, one that it does not, and what it says then.
   *
   * @param sentence begins with the layer's name, or with what it is if it has none
   */
  record Case(Layer layer, Shape right, Shape wrong, String sentence) {
    /** Whether the sentence is told under this layer's name, or that of one inside it. */
    boolean isNamedIn(String other) {
      Stream<String> inside = layer.parameters().stream().map(Parameter::layer);
      return Stream.concat(Stream.of(sentence.substring(0, sentence.indexOf(':'))), inside)
          .anyMatch(name -> other.startsWith(name + ": "));
    }

    @Override
    public String toString() {
      return layer.getClass().getSimpleName();
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(first(), SequenceCases.cases());
  }

  private static Stream<Case> first() {
    Shape picture = Shape.of(3, 6, 8, 2);
    Conv2dSpec valid = Conv2dSpec.VALID;
    return Stream.of(
        new Case(
            new Linear("fc7", 5, 4, INIT, SEED),
            Shape.of(5, 2),
            Shape.of(6, 2),
            "fc7: linear: w [4, 5], x [6, 2], b [4]: expected w [out, in], x [in, N], b [out]"),
        new Case(
            new Conv2d("conv7", Shape.of(4, 3, 3, 3), valid, INIT, SEED),
            picture,
            Shape.of(1, 6, 8, 2),
            "conv7: conv2d: x [1, 6, 8, 2], w [4, 3, 3, 3], groups 1: 1 channels in 1 groups take"
                + " filters of C/groups channels, and O must be a multiple of groups"),
        new Case(
            new Lstm("lstm7", 5, 4, 1f, INIT, SEED),
            Shape.of(9, 5, 2),
            Shape.of(9, 6, 2),
            "lstm7: input [9, 6, 2]: expected [T, 5, N]"),
        new Case(
            new Gru("gru7", 5, 4, Gru.Reset.BEFORE_PRODUCT, INIT, SEED),
            Shape.of(9, 5, 2),
            Shape.of(5, 2),
            "gru7: input [5, 2]: expected [T, 5, N]"),
        new Case(
            new Gru("gru8", 5, 4, Gru.Reset.AFTER_PRODUCT, INIT, SEED),
            Shape.of(9, 5, 2),
            Shape.of(9, 4, 2),
            "gru8: input [9, 4, 2]: expected [T, 5, N]"),
        new Case(
            new BatchNorm("bn7", 3),
            picture,
            Shape.of(4, 6, 8, 2),
            "bn7: batch norm: x [4, 6, 8, 2]: scale [3] and shift [3] must be [4]"),
        new Case(
            new MaxPool2d("pool7", PoolSpec.square(5)),
            picture,
            Shape.of(3, 4, 8, 2),
            "pool7: max pooling: windows of 5x5 do not fit into x [3, 4, 8, 2]"),
        new Case(
            new AveragePool2d("pool8", PoolSpec.square(5), true),
            picture,
            Shape.of(3, 6, 2),
            "pool8: average pooling: x [3, 6, 2] must be [C, H, W, N]"),
        new Case(
            new GlobalAveragePool("pool9"),
            picture,
            Shape.of(3, 2),
            "pool9: global average pooling: x [3, 2] must be [C, H, W, N], with a pixel at least"),
        new Case(
            new Residual("block7", new Linear("fc8", 5, 4, INIT, SEED)),
            Shape.of(5, 2),
            Shape.of(5, 2),
            "block7: residual: [4, 2] + [5, 2]: the body and the way around it must give one"
                + " shape"),
        new Case(
            new TimeDistributed(new Linear("fc9", 5, 4, INIT, SEED)),
            Shape.of(9, 5, 2),
            Shape.of(5, 2),
            "each step: input [5, 2]: expected [T, F, N]"),
        new Case(
            new FeaturesFirst(),
            Shape.of(9, 5, 2),
            Shape.of(5, 2),
            "features first: input [5, 2]: expected [T, F, N]"),
        new Case(
            new LastTimeStep(),
            Shape.of(9, 5, 2),
            Shape.of(0, 5, 2),
            "last step: input [0, 5, 2]: expected [T, H, N], T at least 1"),
        new Case(
            new RowsAsSequence(),
            Shape.of(1, 6, 8, 2),
            picture,
            "rows: input [3, 6, 8, 2]: expected [1, H, W, N]"),
        new Case(new Flatten(), picture, Shape.scalar(), "flatten: input []: expected [..., N]"),
        new Case(
            new Softmax(), Shape.of(5, 2), Shape.scalar(), "softmax: [] has no axis of classes"),
        new Case(
            new LogSoftmax(),
            Shape.of(5, 2),
            Shape.scalar(),
            "log-softmax: [] has no axis of classes"));
  }

  /** Shapes of up to five axes, lengths 0 to 9. */
  private static Stream<Shape> manyShapes() {
    return IntStream.range(0, 600)
        .mapToObj(
            i -> {
              Seed seed = SEED.child(i);
              return Shape.of(
                  IntStream.range(0, seed.below(0, 6)).map(a -> seed.below(a + 1, 10)).toArray());
            });
  }

  private static Variable give(Layer layer, Shape x, Pass.Mode mode) {
    Pass pass = Pass.connections(mode, SEED, p -> true);
    return pass.through(new Sequential(new Relu(), layer), Variable.constant(Tensor.zeros(x)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatALayerDoesNotTakeIsSaidUnderItsName(Case c) {
    for (Pass.Mode mode : Pass.Mode.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> give(c.layer, c.wrong, mode))
          .withMessage(c.sentence);
      if (!c.right.equals(c.wrong)) {
        assertThat(give(c.layer, c.right, mode).shape().dim(-1)).isEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whateverTheShapeALayerTakesItOrSaysWhyNot(Case c) {
    manyShapes().forEach(x -> takesOrSaysWhyNot(c, c.layer, x));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void soDoesALayerThatComputesWithKeptWeightsAlone(Case c) {
    Layer sparse = c.layer.on(p -> p.restructured(everyThird(p.shape()), Storage.SPARSE));
    manyShapes().forEach(x -> takesOrSaysWhyNot(c, sparse, x));
  }

  private static void takesOrSaysWhyNot(Case c, Layer layer, Shape x) {
    try {
      give(layer, x, Pass.Mode.TRAIN);
    } catch (IllegalArgumentException e) {
      assertThat(c.isNamedIn(String.valueOf(e.getMessage()))).as("%s: %s", x, e).isTrue();
    }
  }

  static Mask everyThird(Shape shape) {
    boolean[] keep = new boolean[shape.size()];
    for (int i = 0; i < keep.length; i += 3) {
      keep[i] = true;
    }
    return new Mask(shape, keep);
  }

  private static Stream<Case> casesThatAreTaken() {
    return cases().filter(c -> !c.right.equals(c.wrong));
  }

  @ParameterizedTest
  @MethodSource("casesThatAreTaken")
  void takesNoExamplesAndGivesGradientsOfZero(Case c) {
    Layer sparse = c.layer.on(p -> p.restructured(everyThird(p.shape()), Storage.SPARSE));
    for (Layer layer : List.of(c.layer, sparse)) {
      for (Pass.Mode mode : Pass.Mode.values()) {
        if (layer instanceof BatchNorm && mode == Pass.Mode.TRAIN) {
          continue; // refused: BatchNormTest
        }
        Pass pass = Pass.connections(mode, SEED, p -> true);
        Variable x = Variable.leaf(Tensor.zeros(c.right.dropLast().append(0)));
        Variable y = pass.through(layer, x);
        assertThat(y.shape()).isEqualTo(give(layer, c.right, mode).shape().dropLast().append(0));
        Gradients gradients = y.backward(Tensor.zeros(y.shape()));
        assertThat(gradients.of(x).shape()).isEqualTo(x.shape());
        for (Parameter p : layer.parameters()) {
          for (float g : gradients.of(pass.mask(p)).toArray()) {
            assertThat(Math.abs(g)).as(p.name()).isZero();
          }
        }
      }
    }
  }

  @Test
  void someLayersTakeEverything() {
    for (Layer layer : TAKE_ANY) {
      manyShapes().forEach(x -> assertThat(give(layer, x, Pass.Mode.TRAIN).shape()).isEqualTo(x));
    }
  }

  @Test
  void noLayerIsLeftOut() throws Exception {
    Set<Class<?>> tested =
        Stream.concat(cases().map(Case::layer), TAKE_ANY.stream())
            .map(Layer::getClass)
            .collect(Collectors.toSet());
    URL resource = Objects.requireNonNull(Linear.class.getResource("Linear.class"));
    try (Stream<Path> files = Files.list(Path.of(resource.toURI()).resolveSibling("."))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName(Linear.class.getPackageName() + "." + name);
        if (Layer.class.isAssignableFrom(type)) {
          assertThat(tested).contains(type);
        }
      }
    }
    assertThat(tested).hasSizeGreaterThan(20);
  }
}
