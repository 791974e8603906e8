package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest extends CommandTestBase {
  @ParameterizedTest
  @CsvSource({"on", "off"})
  void aRunsNetworkHasTheErrorThatTheRunSaid(String sparse) throws IOException {
    Path run = train(sparse);
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    double error =
        result
            .getAsJsonObject("pruned")
            .getAsJsonObject("last")
            .getAsJsonObject("test")
            .get("error")
            .getAsDouble();
    String network = "--network=" + run.resolve("network.npz");
    assertThat(snip4j("evaluate", network, "--with-dense", fewDigits()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains(
            "lenet-300-100 on the 500 test examples of mnist: error "
                + String.format(Locale.ROOT, "%.2f %%", 100 * error))
        .contains("5,332 of 266,610 connections")
        .containsPattern("pruned +1 ")
        .containsPattern("dense +500 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp.npz", "mlp.onnx"})
  void theNumberOfClassesIsThatOfTheFile(String name) throws IOException {
    Network network =
        Objects.requireNonNull(Models.named("mlp:784-3-10"))
            .create(VarianceScaling.lecun(), new Seed(1));
    Path file = folder.resolve(name);
    if (name.endsWith(".npz")) {
      NetworkFile.save(file, network);
    } else {
      OnnxFile.write(file, network, false);
    }
    for (String classes : List.of("10", "12")) {
      boolean right = classes.equals("10");
      err.getBuffer().setLength(0);
      assertThat(snip4j("evaluate", "--network=" + file, "--classes=" + classes, fewDigits()))
          .as(err.toString())
          .isEqualTo(right ? 0 : 2);
    }
    assertThat(err.toString()).contains("tells 10 classes apart").hasLineCount(1);
  }

  @Test
  void aFileWithoutANameNeedsOneAndMasksMustFitTheValues() throws IOException {
    Path network = train("on").resolve("network.npz");
    Npz npz = Npz.read(network);
    NpzWriter nameless = new NpzWriter();
    NpzWriter lying = new NpzWriter();
    for (String name : npz.names()) {
      if (name.startsWith("fc")) {
        nameless.put(name, npz.floats(name));
        lying.put(name, npz.floats(name));
      }
    }
    lying.put("mask.fc3.weight", npz.shape("fc3.weight"), new boolean[1000]);
    Path file = folder.resolve("nameless.npz");
    nameless.write(file);
    assertThat(snip4j("evaluate", "--network=" + file, fewDigits())).isEqualTo(2);
    assertThat(err.toString()).contains("does not say which network it is of: --model NAME does");
    assertThat(snip4j("evaluate", "--network=" + file, "--model=lenet-300-100", fewDigits()))
        .isZero();
    assertThat(out.toString()).contains("nothing is pruned");
    lying.write(file);
    assertThat(snip4j("evaluate", "--network=" + file, "--model=lenet-300-100", fewDigits()))
        .isEqualTo(2);
    assertThat(err.toString()).containsPattern("'mask.fc3.weight' prunes position \\d+, where");
  }

  @Test
  void aNetworkWhoseAnswersAreNoNumbersHasNoError() throws IOException {
    Path file = folder.resolve("huge.npz");
    Network linear =
        Objects.requireNonNull(Models.named("linear")).create(VarianceScaling.lecun(), new Seed(1));
    Tensor weight = linear.parameter("fc.weight").value();
    for (int i = 0; i < weight.size(); i++) {
      weight.put(i, i % 2 == 0 ? 3e38f : -3e38f);
    }
    NetworkFile.save(file, linear);
    assertThat(mistake("evaluate", "--network=" + file))
        .startsWith(
            "snip4j: " + file + ": gives no finite answers on mnist: the mean cross-entropy")
        .contains("the output of fc was the first to be ");
    assertThat(out.toString()).doesNotContain("error");
  }

  private Path train(String sparse) {
    Path run = folder.resolve("run-" + sparse);
    String[] words = {"run", "--iterations=30", "--sparse=" + sparse, fewDigits(), "--out=" + run};
    assertThat(snip4j(words)).as(err.toString()).isZero();
    return run;
  }
}
