package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.io.Safetensors;
import io.github.snip4j.nn.io.TensorFile;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes: networks and weights are read, or the one exception says what is wrong. */
class FilesFuzzTest {
  private static final Path RESOURCES = Path.of("src/test/resources");

  /** The first byte says which reader gets the rest: so one search is over all of them. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "25s")
  void search(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] file = new byte[bytes.length - 1];
    System.arraycopy(bytes, 1, file, 0, file.length);
    try {
      switch (bytes[0] & 7) {
        case 0, 1 -> OnnxFile.read("fuzz", new ByteArrayInputStream(file));
        case 2 -> NetworkFile.read(new ByteArrayInputStream(file));
        case 3 -> tensors(file, ".npz");
        case 4, 5 -> tensors(file, ".safetensors");
        default -> tensors(file, ".pt");
      }
    } catch (BadFileException e) {
      assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n");
    }
  }

  private static void tensors(byte[] bytes, String suffix) throws IOException {
    Path file = Files.createTempFile("fuzz", suffix);
    try {
      Files.write(file, bytes);
      TensorFile.read(file);
    } catch (BadFileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  /** A sound file of each kind, and some that are refused. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    Path folder = Files.createTempDirectory("seeds");
    Network network = OnnxFile.read(RESOURCES.resolve("onnx/external/mlp.onnx"));
    Path file = folder.resolve("file");
    for (boolean sparse : new boolean[] {false, true}) {
      OnnxFile.write(file, network, sparse);
      seeds.add(seed(0, Files.readAllBytes(file)));
    }
    seeds.add(seed(0, Files.readAllBytes(RESOURCES.resolve("onnx/external/mlp.onnx"))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NetworkFile.write(out, network, ModelCard.NONE);
    seeds.add(seed(2, out.toByteArray()));
    seeds.add(seed(3, Files.readAllBytes(RESOURCES.resolve("weights/gru.npz"))));
    Safetensors.write(file, Map.copyOf(network.state()));
    seeds.add(seed(4, Files.readAllBytes(file)));
    for (String name : List.of("mlp", "half", "lstm", "pruned", "old", "whole")) {
      String ending = name.equals("half") ? ".pth" : ".pt";
      seeds.add(seed(6, Files.readAllBytes(RESOURCES.resolve("weights/" + name + ending))));
    }
    Files.delete(file);
    Files.delete(folder);
    return seeds;
  }

  private static byte[] seed(int kind, byte[] file) {
    byte[] seed = new byte[1 + file.length];
    seed[0] = (byte) kind;
    System.arraycopy(file, 0, seed, 1, file.length);
    return seed;
  }
}
