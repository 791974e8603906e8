package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.conv.Conv1dSpec;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.layer.AveragePool2d;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Bidirectional;
import io.github.snip4j.nn.layer.Conv1d;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Embedding;
import io.github.snip4j.nn.layer.FeaturesFirst;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.Gelu;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.GroupNorm;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.HardSigmoid;
import io.github.snip4j.nn.layer.HardSwish;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.LayerNorm;
import io.github.snip4j.nn.layer.LeakyRelu;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.LogSoftmax;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.MaxPool2d;
import io.github.snip4j.nn.layer.PositionEmbedding;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Relu6;
import io.github.snip4j.nn.layer.Residual;
import io.github.snip4j.nn.layer.RowsAsSequence;
import io.github.snip4j.nn.layer.SelfAttention;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Silu;
import io.github.snip4j.nn.layer.Softmax;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.nn.layer.Tanh;
import io.github.snip4j.nn.layer.TimeDistributed;
import io.github.snip4j.nn.layer.TransposedConv2d;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that hold a whole network. */
class NetworkFileTest extends NetworkFileTestBase {
  /** Between them, they have every kind of layer, with numbers that are not the usual ones. */
  static Stream<Network> networks() {
    Conv2dSpec grouped = new Conv2dSpec(2, 1, 1, 2, 2, 1, 0, 2, 1);
    return Stream.of(
        of(
            Shape.of(2, 9, 9),
            4,
            new Conv2d("c1", Shape.of(4, 1, 3, 3), grouped, LECUN, SEED),
            new BatchNorm("bn", 4, 1e-4, 0.3),
            new LeakyRelu(0.15f),
            new MaxPool2d("p1", new PoolSpec(2, 3, 1, 2, 1, 0, 2, 1).roundedUp()),
            new AveragePool2d("p2", PoolSpec.square(2, 1, 1), true),
            new Residual(
                "r",
                new Sequential(
                    Conv2d.withoutBias(
                        "c2", Shape.of(4, 4, 3, 3), Conv2dSpec.VALID.withPadding(1), LECUN, SEED),
                    new Relu())),
            new Residual(
                "r2",
                new Conv2d("c3", Shape.of(6, 4, 1, 1), Conv2dSpec.VALID, LECUN, SEED),
                new Conv2d("c4", Shape.of(6, 4, 1, 1), Conv2dSpec.VALID, LECUN, SEED)),
            new GlobalAveragePool("p3"),
            new Flatten(),
            new Dropout("d", 0.4),
            new Linear("fc1", 6, 5, LECUN, SEED),
            new Gelu(),
            new Relu6(),
            new Sigmoid(),
            new Tanh(),
            new Softplus(),
            new Linear("fc 2 = ü", 5, 4, LECUN, SEED),
            new Softmax(),
            new LogSoftmax()),
        of(
            Shape.of(1, 5, 3),
            4,
            new RowsAsSequence(),
            new TimeDistributed(new Linear("each", 3, 6, LECUN, SEED)),
            new Lstm("lstm", 6, 7, 0.5f, LECUN, SEED),
            new Gru("before", 7, 5, Gru.Reset.BEFORE_PRODUCT, LECUN, SEED),
            new Gru("after", 5, 4, Gru.Reset.AFTER_PRODUCT, LECUN, SEED),
            new LastTimeStep()),
        of(
            Shape.of(3, 6),
            4,
            new Conv1d("c1", 4, 3, 2, new Conv1dSpec(1, 2, 1, 1, 0), LECUN, SEED),
            new GroupNorm("gn", 4, 2, 1e-4),
            new LayerNorm("ln", 5, 1e-3),
            new Silu(),
            new HardSwish(),
            new HardSigmoid(),
            new PositionEmbedding("p", 9, 5, LECUN, SEED),
            new SelfAttention("a", 5, 5, true, LECUN, SEED),
            new Bidirectional(
                new Lstm("ahead", 5, 2, 0f, LECUN, SEED), new Lstm("back", 5, 2, 0f, LECUN, SEED)),
            new LastTimeStep()),
        of(
            Shape.of(2, 3, 3),
            4,
            new TransposedConv2d(
                "t", Shape.of(2, 3, 2, 2), Conv2dSpec.VALID.withStride(2), 1, 0, LECUN, SEED),
            new Flatten(),
            new Linear("fc", 3 * 7 * 6, 4, LECUN, SEED)),
        of(Shape.of(2, 4), 8, new FeaturesFirst(), new Flatten()),
        words());
  }

  /** Word 0, 1 or 2 at each of two steps; the same layer twice. */
  private static Network words() {
    Layer twice = new Linear("twice", 3, 3, LECUN, SEED);
    return of(
        Shape.of(2),
        3,
        new Embedding("e", 3, 3, LECUN, SEED),
        new LastTimeStep(),
        twice,
        new Relu(),
        twice);
  }

  private static Map<String, Mask> masks(Network network, int oneOf) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      if (parameter.role().isConnection()) {
        boolean[] keep = new boolean[parameter.size()];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = SEED.child(parameter.name()).uniform(i) * oneOf < 1;
        }
        masks.put(parameter.name(), new Mask(parameter.shape(), keep));
      }
    }
    return masks;
  }

  /** The network from a file of another, without the code that made it. */
  private Network again(Network network) throws IOException {
    Path file = folder.resolve("network.npz");
    NetworkFile.save(file, network);
    return NetworkFile.read(file).network();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsMadeAgainFromItsFileAlone(Network network) throws IOException {
    assertSame(again(network), network);
    Network pruned = network.restructured(masks(network, 3));
    assertSame(again(pruned), pruned);
  }

  @Test
  void everyKindOfLayerIsAmongTheNetworksOfThisTest() throws IOException {
    Path layers = Path.of("src/main/java/io/github/snip4j/nn/layer");
    String specs = String.join("\n", networks().map(Architecture::text).toList());
    try (Stream<Path> files = Files.list(layers)) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        if (source.contains("implements Layer {")) {
          assertThat(source)
              .as("%s says in describe() what it is, and StandardLayers makes it again", file)
              .contains("LayerSpec describe()");
        }
      }
    }
    for (String kind : new io.github.snip4j.nn.layer.StandardLayers().kinds()) {
      assertThat(specs)
          .as("a network of this test has a %s", kind)
          .containsPattern(" " + kind + "\\b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet", "lstm-2-layers-both-ways", "attention", "mobilenet-v3"})
  void aNetworkFromAnOnnxFileIsMadeAgain(String name) throws IOException {
    Network network = OnnxFile.read(Path.of("src/test/resources/onnx", name + ".onnx"));
    assertSame(again(network), network);
    Network pruned = network.restructured(masks(network, 4));
    assertSame(again(pruned), pruned);
  }

  @Test
  void aPrunedNetworkTakesLittleRoom() throws IOException {
    Model model = Objects.requireNonNull(Models.named("lenet-300-100"));
    Network network = model.create(LECUN, SEED);
    Path file = folder.resolve("small.npz");
    NetworkFile.save(file, network.restructured(masks(network, 50)));
    assertThat(Files.size(file)).isLessThan(50_000);
    assertThat(Npz.read(file).floats("fc1.weight").shape()).isEqualTo(Shape.of(300, 784));
  }

  @Test
  void whatIsSaidBesideTheNetworkIsReadAgain() throws IOException {
    ModelCard card =
        new ModelCard(
            List.of("cat", "dog\nor wolf", ""),
            List.of(0.5f, 0.25f),
            List.of(0.1f, 2f),
            Map.of("seed", "7", "note", "a=b"));
    Network network = of(Shape.of(2), 3, new Linear("fc", 2, 3, LECUN, SEED));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetworkFile.write(out, network, card);
    NetworkFile.Saved saved = NetworkFile.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(saved.card())
        .isEqualTo(
            new ModelCard(
                List.of("cat", "dog or wolf", ""), card.mean(), card.deviation(), card.made()));
    assertSame(saved.network(), network);
  }
}
