package io.github.snip4j.nn.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.onnx.OnnxModel.Attribute;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were damaged, or made to do harm. */
class OnnxHostileFilesTest {
  @TempDir Path folder;

  static List<String> names() {
    return OnnxReferenceTest.NAMES;
  }

  /** Either there is a network, or a sentence says what is wrong. */
  private static boolean isReadOrRefused(byte[] bytes) throws IOException {
    try {
      OnnxFile.read("damaged.onnx", new ByteArrayInputStream(bytes));
      return true;
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith("damaged.onnx: ");
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aDamagedFileIsReadOrRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(OnnxReferenceTest.FOLDER.resolve(name + ".folded.onnx"));
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      if (i % 5 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      refused += isReadOrRefused(damaged) ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(10);
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    assertThatThrownBy(
            () ->
                OnnxFile.read(
                    "notes.onnx",
                    new ByteArrayInputStream("hello, world".getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("notes.onnx: ");
    assertThatThrownBy(() -> OnnxFile.read("empty.onnx", new ByteArrayInputStream(new byte[0])))
        .hasMessageContaining("holds no graph: it is no ONNX model");
  }

  @Test
  void aGraphThatDoublesAConstantAgainAndAgainIsRefused() {
    Graphs graph = Graphs.of(-1, 4).weights("w0", 4, 4);
    for (int i = 0; i < 40; i++) {
      graph.node("Concat", "w" + i + " w" + i, "w" + (i + 1), Map.of("axis", Attribute.of(0L)));
    }
    graph.node("MatMul", "x w40", "y");
    refusedAtOnce(graph, "makes more numbers out of nothing than a file of this size needs");
  }

  @Test
  void hugeShapesAreRefused() {
    refusedAtOnce(
        Graphs.of(-1, 4)
            .weights("one", 1)
            .tensor(TensorData.vector("shape", 1 << 20, 1 << 10))
            .node("Expand", "one shape", "big")
            .node("Add", "x big", "y"),
        "makes more numbers out of nothing");
    refusedAtOnce(
        Graphs.of(-1, 1 << 20, 1 << 20).node("Relu", "x", "y"),
        "has more than 2^28 numbers for one example");
    refusedAtOnce(
        Graphs.of(-1, 1, 8, 8)
            .tensor(TensorData.vector("pads", 0, 0, 1 << 30, 0, 0, 0, 0, 0))
            .node("Pad", "x pads", "y"),
        "has more than 2^28 numbers for one example");
    refusedAtOnce(
        Graphs.of(-1, 4)
            .tensor(TensorData.vector("shape", 1L << 40))
            .node(
                "ConstantOfShape",
                "shape",
                "zeros",
                Map.of("value", Attribute.of(TensorData.vector("", 0))))
            .node("Relu", "x", "y"),
        "an axis of length");
  }

  private static void refusedAtOnce(Graphs graph, String message) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertThatThrownBy(graph::network).hasMessageContaining(message));
  }

  @Test
  void lengthsThatLieAreNotBelieved() {
    byte[] lie = new WireWriter().bytes(7, new byte[10]).toByteArray();
    lie[1] = 127; // of 10 bytes
    assertThatThrownBy(() -> OnnxFile.read("lie.onnx", new ByteArrayInputStream(lie)))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("expected 127 bytes, found the end after 10");
  }

  @Test
  void arraysInOtherFilesAreReadWhereTheyAreInTheFolder() throws IOException {
    Path file = OnnxReferenceTest.FOLDER.resolve("external/mlp.onnx");
    Network network = OnnxFile.read(file);
    Network whole = OnnxFile.read(OnnxReferenceTest.FOLDER.resolve("mlp.onnx"));
    whole
        .parameters()
        .forEach(
            p ->
                assertThat(network.parameter(p.name()).value().toArray())
                    .isEqualTo(p.value().toArray()));
    Files.copy(file, folder.resolve("mlp.onnx"));
    assertThatThrownBy(() -> OnnxFile.read(folder.resolve("mlp.onnx")))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining("'mlp.weights', which is no file in the folder of the model");
    assertThatThrownBy(() -> OnnxFile.read("stream", Files.newInputStream(file)))
        .hasMessageContaining("lies in another file, 'mlp.weights': read the model by its path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../secret", "/etc/passwd", "in/../../secret", "", ".", "link", "in/link"})
  void noArrayIsReadFromOutsideTheFolder(String location) throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(model.resolve("in"));
    Files.write(folder.resolve("secret"), new byte[8]);
    Files.createSymbolicLink(model.resolve("link"), folder.resolve("secret"));
    Files.createSymbolicLink(model.resolve("in/link"), folder.resolve("secret"));
    ExternalData external = new ExternalData("m.onnx", model);
    assertThatThrownBy(() -> external.read("array 'w'", Map.of("location", location), 8))
        .isInstanceOf(BadFileException.class)
        .hasMessageStartingWith("m.onnx: array 'w' lies in '" + location + "'");
  }

  @Test
  void aPartOfAnotherFileLiesWithinIt() throws IOException {
    Files.write(folder.resolve("data"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    ExternalData external = new ExternalData("m.onnx", folder);
    assertThat(external.read("a", Map.of("location", "data", "offset", "4"), 4).get())
        .isEqualTo((byte) 5);
    for (String offset : new String[] {"5", "999999999999999999", "-1", "x"}) {
      assertThatThrownBy(() -> external.read("a", Map.of("location", "data", "offset", offset), 4))
          .isInstanceOf(BadFileException.class);
    }
  }
}
