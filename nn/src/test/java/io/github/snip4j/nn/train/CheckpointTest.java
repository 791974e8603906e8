package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Storage;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Dropout;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.optim.Sgd;
import io.github.snip4j.nn.optim.UpdateRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that are saved between two steps, and go on. */
class CheckpointTest {
  private static final Shape WEIGHT = Shape.of(8, 5);
  private static final Map<String, Mask> MASKS = Map.of("fc1.weight", mask());
  private static final Map<String, Storage> STORAGE = Map.of("fc1.weight", Storage.SPARSE);
  private static final Schedule RATE = Schedule.piecewise(0.05, 0.1, 25);
  private static final Seed SEED = new Seed(4);

  /** Noise with labels, other at each step. */
  private static final BatchSource NOISE =
      new BatchSource() {
        @Override
        public Batch at(long step) {
          int[] labels = new int[20];
          for (int i = 0; i < labels.length; i++) {
            labels[i] = new Seed(6).child(step).below(i, 3);
          }
          return new Batch(RandomTensors.normal(step, 5, 20), labels);
        }

        @Override
        public int batchesPerEpoch() {
          return 2;
        }
      };

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("checkpoint.npz");
  }

  @ParameterizedTest
  @CsvSource({"sgd", "momentum", "nesterov", "adam", "adamw"})
  void aRestoredTrainingGoesOnWithTheSameBits(String rule) throws IOException {
    Training whole = new Training(rule(rule));
    whole.fit(0, 40);

    Training first = new Training(rule(rule));
    first.fit(0, 23);
    assertThat(first.save(file)).isTrue();

    Checkpoint checkpoint = Checkpoint.load(file);
    assertThat(checkpoint.step()).isEqualTo(23);
    assertThat(checkpoint.about()).isEqualTo("mine");
    Training second = new Training(rule(rule), checkpoint);
    second.fit(23, 40);
    assertThat(second.everything()).isEqualTo(whole.everything());
    second.save(folder.resolve("second.npz"));
    whole.save(folder.resolve("whole.npz"));
    assertThat(folder.resolve("second.npz")).hasSameBinaryContentAs(folder.resolve("whole.npz"));
  }

  @Test
  void theNextOneReplacesItWhole() throws IOException {
    Training training = new Training(rule("adam"));
    training.fit(0, 3);
    training.save(file);
    training.fit(3, 7);
    training.save(file);
    assertThat(Checkpoint.load(file).step()).isEqualTo(7);
    assertThat(folder.toFile().list()).containsExactly("checkpoint.npz");
  }

  @Test
  void aNetworkThatHasGoneWrongLeavesTheLastGoodOne() throws IOException {
    Training training = new Training(rule("sgd"));
    training.fit(0, 3);
    training.save(file);
    byte[] good = Files.readAllBytes(file);
    training.network.parameter("fc2.bias").value().set(Float.POSITIVE_INFINITY, 1);
    assertThat(training.save(file)).isFalse();
    assertThat(file).hasBinaryContent(good);
  }

  @Test
  void numpyCouldReadItUnderStableNames() throws IOException {
    Training training = new Training(rule("adam"));
    training.fit(0, 1);
    training.save(file);
    assertThat(Npz.read(file).names())
        .contains("network.fc1.weight", "mask.fc1.weight", "best.fc2.bias", "about", "numbers")
        .contains("optimizer.fc1.weight.0", "optimizer.fc1.weight.1");
    assertThat(Npz.read(file).text("numbers"))
        .startsWith("schema = 2\nnetwork = small\nstep = 1\nbest.step")
        .contains("\noptimizer = Adam[beta1=0.9, ");
  }

  @Test
  void anotherNetworkIsNamed() throws IOException {
    new Training(rule("sgd")).save(file);
    Network other = new Network("other", Shape.of(5), 3, linear("fc", 5, 3));
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file).masks(other))
        .withMessage(file + ": is a checkpoint of small, not of other");
  }

  @Test
  void aStateDoesNotGoOnUnderAnotherRule() throws IOException {
    List<UpdateRule> rules =
        List.of(
            new Sgd(0, false, 5e-4),
            new Sgd(0.9, false, 5e-4),
            new Sgd(0.9, true, 5e-4),
            new Sgd(0.8, false, 5e-4),
            Adam.adam(0.01),
            Adam.adamW(0.01),
            Adam.adamW(0.02));
    for (UpdateRule saved : rules) {
      Training training = new Training(saved);
      training.fit(0, 2);
      training.save(file);
      for (UpdateRule other : rules) {
        Training with = new Training(other);
        String before = with.everything();
        if (saved.equals(other)) {
          Checkpoint.load(file).restore(with.network, with.optimizer);
          continue;
        }
        assertThatExceptionOfType(BadFileException.class)
            .isThrownBy(() -> Checkpoint.load(file).restore(with.network, with.optimizer))
            .withMessage(
                file + ": holds the state of " + saved + ", which " + other + " cannot go on with");
        assertThat(with.everything()).isEqualTo(before);
      }
    }
  }

  @Test
  void aWrongShapeIsNamedAndNothingIsChanged() throws IOException {
    new Training(rule("sgd")).save(file);
    Npz npz = Npz.read(file);
    NpzWriter writer = new NpzWriter();
    for (String name : npz.names()) {
      if (name.equals("about") || name.equals("numbers")) {
        writer.put(name, npz.text(name));
      } else if (name.startsWith("mask.")) {
        writer.put(name, WEIGHT, mask().toArray());
      } else {
        Tensor value = npz.floats(name);
        boolean spoilt = name.equals("best.fc2.weight");
        writer.put(name, spoilt ? value.reshape(Shape.of(8, 3)) : value);
      }
    }
    writer.writeSealed(file);
    Training training = new Training(rule("sgd"));
    String before = training.everything();
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file).restore(training.network, training.optimizer))
        .withMessage(file + ": array 'best.fc2.weight' must be [3, 8], not [8, 3]");
    assertThat(training.everything()).isEqualTo(before);
  }

  @Test
  void aMaskOfTheWrongShapeIsNamed() throws IOException {
    new NpzWriter()
        .put("numbers", CheckpointNumbersTest.numbers("3"))
        .put("mask.fc1.weight", Shape.of(2), new boolean[2])
        .writeSealed(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file).masks(network()))
        .withMessage(file + ": array 'mask.fc1.weight' must be [8, 5], not [2]");
  }

  private static UpdateRule rule(String name) {
    return switch (name) {
      case "sgd" -> new Sgd(0, false, 1e-3);
      case "momentum" -> new Sgd(0.9, false, 1e-3);
      case "nesterov" -> new Sgd(0.9, true, 1e-3);
      case "adam" -> Adam.adam(1e-3);
      default -> Adam.adamW(1e-3);
    };
  }

  private static Mask mask() {
    boolean[] keep = new boolean[WEIGHT.size()];
    for (int i = 0; i < keep.length; i++) {
      keep[i] = i % 3 == 0;
    }
    return new Mask(WEIGHT, keep);
  }

  private static Linear linear(String name, int in, int out) {
    return new Linear(name, in, out, VarianceScaling.glorot(), new Seed(1));
  }

  private static Network network() {
    return new Network(
        "small",
        Shape.of(5),
        3,
        new Sequential(
            linear("fc1", 5, 8), new Relu(), new Dropout("drop1", 0.2), linear("fc2", 8, 3)));
  }

  /** Network, optimiser and the best so far, new or restored. */
  private static final class Training {
    final Network network;
    final Optimizer optimizer;
    final BestOnValidation best;

    Training(UpdateRule rule) {
      network = network().restructured(MASKS, STORAGE);
      optimizer = new Optimizer(rule, network);
      best = new BestOnValidation(network, NOISE, 10, 40);
    }

    Training(UpdateRule rule, Checkpoint checkpoint) throws IOException {
      network = network().restructured(checkpoint.masks(network()), STORAGE);
      optimizer = new Optimizer(rule, network);
      best = new BestOnValidation(network, NOISE, 10, 40, checkpoint.restore(network, optimizer));
    }

    void fit(long done, long steps) {
      Trainer.fit(network, NOISE, optimizer, RATE, done, steps, SEED, best);
    }

    boolean save(Path file) throws IOException {
      return Checkpoint.save(file, network, optimizer, best.best(), "mine");
    }

    String everything() {
      StringBuilder text = new StringBuilder();
      network.state().forEach((name, value) -> append(text, name, value));
      optimizer.state().forEach((name, value) -> append(text, name, value));
      best.best().network().values().forEach((name, value) -> append(text, name, value));
      return text.append(optimizer.steps()).append(best.best().evaluation()).toString();
    }

    private static void append(StringBuilder text, String name, Tensor value) {
      text.append(name).append(Arrays.toString(value.toArray())).append('\n');
    }
  }
}
