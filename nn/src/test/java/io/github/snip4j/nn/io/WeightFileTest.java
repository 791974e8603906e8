package io.github.snip4j.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.Golden;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in the forms that PyTorch saves, which {@code make_weights.py} made. */
class WeightFileTest {
  private static final Path FOLDER = Path.of("src/test/resources/weights");
  private static final Seed SEED = new Seed(0);

  @TempDir Path folder;

  private static Network mlp() {
    return new Network(
        "mlp",
        Shape.of(4),
        2,
        new Sequential(
            new Linear("fc1", 4, 3, Constant.ZEROS, SEED),
            new Relu(),
            new Linear("fc2", 3, 2, Constant.ZEROS, SEED)));
  }

  private static Map<String, Tensor> expected() throws IOException {
    Npz npz = Npz.read(FOLDER.resolve("mlp.npz"));
    Map<String, Tensor> expected = new LinkedHashMap<>();
    for (String name : npz.names()) {
      expected.put(name, npz.floats(name));
    }
    return expected;
  }

  @ParameterizedTest
  @CsvSource({"mlp.npz, 0", "mlp.pt, 0", "views.pt, 0", "half.pth, 1e-3", "brain.pt, 1e-2"})
  void weightsAreReadInEveryForm(String file, double tolerance) throws IOException {
    Network network = WeightFile.read(FOLDER.resolve(file), mlp());
    expected()
        .forEach(
            (name, tensor) ->
                Golden.assertClose(network.parameter(name).value(), tensor, tolerance));
    assertThat(network.masks()).isEmpty();
  }

  @Test
  void whatPruneOfPyTorchSavesIsAPrunedNetwork() throws IOException {
    Network network = WeightFile.read(FOLDER.resolve("pruned.pt"), mlp());
    Map<String, Tensor> expected = expected();
    Tensor whole = Objects.requireNonNull(expected.get("fc1.weight"));
    Mask mask = Objects.requireNonNull(network.masks().get("fc1.weight"));
    assertThat(network.masks().keySet()).containsExactly("fc1.weight", "fc2.bias");
    assertThat(mask.kept()).isEqualTo(6);
    Tensor dense = network.parameter("fc1.weight").dense();
    for (int i = 0; i < whole.size(); i++) {
      assertThat(dense.at(i)).isEqualTo(mask.keeps(i) ? whole.at(i) : 0);
    }
    assertThat(network.parameter("fc2.bias").value().size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru"})
  void recurrentCellsTakePyTorchsTwoBiases(String kind) throws IOException {
    for (float forget : kind.equals("lstm") ? new float[] {0, 1} : new float[] {0}) {
      Layer cell =
          kind.equals("lstm")
              ? new Lstm("rnn", 3, 2, forget, Constant.ZEROS, SEED)
              : new Gru("rnn", 3, 2, Gru.Reset.AFTER_PRODUCT, Constant.ZEROS, SEED);
      Network like =
          new Network(
              kind,
              Shape.of(5, 3),
              2,
              new Sequential(
                  cell, new LastTimeStep(), new Linear("fc", 2, 2, Constant.ZEROS, SEED)));
      Network network = WeightFile.read(FOLDER.resolve(kind + ".pt"), like);
      Npz npz = Npz.read(FOLDER.resolve(kind + ".npz"));
      Tensor x = npz.floats("x"); // [T, N, F]
      Tensor ours = Tensor.zeros(Shape.of(5, 3, 4));
      for (int t = 0; t < 5; t++) {
        for (int n = 0; n < 4; n++) {
          for (int f = 0; f < 3; f++) {
            ours.set(x.get(t, n, f), t, f, n);
          }
        }
      }
      Golden.assertClose(network.logits(ours), Golden.transpose(npz.floats("y")), 1e-5);
    }
  }

  @Test
  void ofTwoBiasesThatBecomeOneTheOneThatIsPrunedCountsAsZero() throws IOException {
    Lstm cell = new Lstm("rnn", 1, 1, 0, Constant.ZEROS, SEED);
    Layer body =
        new Sequential(cell, new LastTimeStep(), new Linear("fc", 1, 2, Constant.ZEROS, SEED));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("rnn.weight_ih_l0_orig", Tensor.of(Shape.of(4, 1), 1, 2, 3, 4));
    tensors.put("rnn.weight_ih_l0_mask", Tensor.of(Shape.of(4, 1), 1, 0, 1, 1));
    tensors.put("rnn.weight_hh_l0", Tensor.of(Shape.of(4, 1), 5, 6, 7, 8)); // whole
    tensors.put("rnn.bias_ih_l0_orig", Tensor.of(Shape.of(4), 10, 20, 30, 40));
    tensors.put("rnn.bias_ih_l0_mask", Tensor.of(Shape.of(4), 0, 1, 0, 1));
    tensors.put("rnn.bias_hh_l0_orig", Tensor.of(Shape.of(4), 1, 2, 3, 4));
    tensors.put("rnn.bias_hh_l0_mask", Tensor.of(Shape.of(4), 1, 0, 0, 1));
    tensors.put("fc.weight", Tensor.zeros(Shape.of(2, 1)));
    tensors.put("fc.bias", Tensor.zeros(Shape.of(2)));
    Path file = folder.resolve("lstm.safetensors");
    Safetensors.write(file, tensors);
    Network network = WeightFile.read(file, new Network("lstm", Shape.of(3, 1), 2, body));
    assertThat(network.parameter("rnn.bias").dense().toArray()).containsExactly(1, 20, 0, 44);
    assertThat(network.parameter("rnn.weight").dense().toArray())
        .containsExactly(1, 5, 0, 6, 3, 7, 4, 8);
    assertThat(Objects.requireNonNull(network.masks().get("rnn.weight")).kept()).isEqualTo(7);
  }

  @Test
  void aMaskOfOtherNumbersThanZeroAndOneIsRefused() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>(expected());
    Tensor soft = Tensor.zeros(Shape.of(3, 4));
    soft.put(5, 0.25f);
    tensors.put("fc1.weight_mask", soft);
    Path file = folder.resolve("soft.safetensors");
    Safetensors.write(file, tensors);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> WeightFile.read(file, mlp()), () -> WeightFile.masks(file, mlp()))) {
      assertThatThrownBy(reading)
          .isInstanceOf(BadFileException.class)
          .hasMessageContaining(
              "tensor 'fc1.weight (its mask)' holds 0.25 at position 5: expected 0 or 1");
    }
  }

  @Test
  void safetensorsAreWrittenAndReadAgain() throws IOException {
    Path file = folder.resolve("mlp.safetensors");
    Safetensors.write(file, expected());
    Network network = WeightFile.read(file, mlp());
    expected()
        .forEach(
            (name, tensor) ->
                assertThat(network.parameter(name).value().toArray()).isEqualTo(tensor.toArray()));
  }

  @Test
  void aHeadOfSafetensorsIsReadAsItsDefinitionHasIt() throws IOException {
    String head =
        "{\"__metadata__\":{\"format\":\"pt\"},\"a\\u00e9\":{\"dtype\":\"BF16\",\"shape\":[2],"
            + "\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[4,12]}} ";
    byte[] utf8 = head.getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[8 + utf8.length + 12];
    all[0] = (byte) utf8.length;
    System.arraycopy(utf8, 0, all, 8, utf8.length);
    all[8 + utf8.length + 1] = 0x3f; // 0x3f00 is 0.5
    all[8 + utf8.length + 4] = 7;
    Path file = folder.resolve("made.safetensors");
    Files.write(file, all);
    Map<String, Tensor> tensors = TensorFile.read(file);
    assertThat(Objects.requireNonNull(tensors.get("aé")).toArray()).containsExactly(0.5f, 0);
    assertThat(Objects.requireNonNull(tensors.get("b")).item()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "whole.pt; holds an object of the class torch.nn.modules.container.Sequential",
        "old.pt; is no zip archive, as torch.save writes since PyTorch 1.6",
        "lstm.pt; does not hold the weights of mlp; missing: fc1.bias, fc1.weight"
      })
  void whatIsNoWeightsOfTheNetworkIsSaid(String file, String message) {
    assertThatThrownBy(() -> WeightFile.read(FOLDER.resolve(file), mlp()))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining(file + ": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"a.h5, Keras", "a.keras, Keras", "a.npy, one array", "a.onnx, not read"})
  void filesOfOtherKindsAreRefusedWithWhatToDo(String name, String message) {
    assertThatThrownBy(() -> TensorFile.read(folder.resolve(name)))
        .isInstanceOf(BadFileException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("expected .npz, .safetensors, .pt or .pth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp.pt", "pruned.pt", "half.pth", "views.pt", "made.safetensors"})
  void aDamagedFileIsReadOrRefused(String name) throws IOException {
    Path whole = FOLDER.resolve(name);
    if (name.equals("made.safetensors")) {
      whole = folder.resolve(name);
      Safetensors.write(whole, expected());
    }
    byte[] bytes = Files.readAllBytes(whole);
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = bytes.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      if (i % 5 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Path file = folder.resolve("damaged-" + name);
      Files.write(file, damaged);
      try {
        TensorFile.read(file);
      } catch (BadFileException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(20);
  }
}
