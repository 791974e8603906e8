package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The datasets on the command line: listed, drawn, chosen from, trained on. */
class DatasetsCommandTest extends CommandTestBase {
  @Test
  void listSaysWhatIsWhere() throws IOException {
    cifar10();
    assertThat(snip4j("datasets", "--data-dir=" + folder)).isZero();
    assertThat(out.toString())
        .containsPattern("mnist +60,000 \\+ 10,000 +\\[1, 28, 28\\] +10 +built in")
        .containsPattern("cifar-10 .* " + folder.resolve("cifar-10"))
        .contains("not here: snip4j datasets fetch tiny-imagenet (248 MB)")
        .contains("kept in " + folder);
  }

  @Test
  void whatIsHereIsNotFetched() throws IOException {
    cifar10();
    assertThat(snip4j("datasets", "fetch", "mnist")).isZero();
    assertThat(snip4j("datasets", "fetch", "cifar-10", "--data-dir=" + folder)).isZero();
    assertThat(out.toString())
        .contains("mnist is built in: there is nothing to fetch")
        .contains("cifar-10 is here already: " + folder.resolve("cifar-10"));
  }

  @Test
  void withoutANetworkOneSentenceSaysWhatToDo() {
    assertThat(
            snip4j(
                "datasets",
                "fetch",
                "fashion-mnist",
                "--from=http://localhost:1/x",
                "--data-dir=" + folder))
        .isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo(
            "snip4j: http://localhost:1/x/train-images-idx3-ubyte.gz could not be fetched: no"
                + " connection (ConnectException); you may also put "
                + folder.resolve("fashion-mnist/train-images-idx3-ubyte.gz")
                + " there by hand and run this again");
    assertThat(mistake("run", "--data=fashion-mnist", "--data-dir=" + folder, "--out=" + folder))
        .contains("there is no fashion-mnist here: 'snip4j datasets fetch fashion-mnist")
        .contains(
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")
        .contains("train-images-idx3-ubyte.gz")
        .endsWith("into " + folder.resolve("fashion-mnist") + " by hand");
    assertThat(mistake("datasets", "fetch", "cifar")).contains("did you mean cifar-10?");
  }

  @Test
  void showDrawsARowForEachClass() throws IOException {
    cifar10();
    Path file = folder.resolve("sheet.png");
    for (List<String> options :
        List.of(
            List.of("--augment=paper"),
            List.of("--augment=affine", "--invert"),
            List.of("--labels=random", "--choose=random"))) {
      List<String> arguments = new ArrayList<>(options);
      arguments.addAll(
          0, List.of("datasets", "show", "cifar-10", "--examples=30", "--data-dir=" + folder));
      arguments.add("--out=" + file);
      assertThat(snip4j(arguments.toArray(new String[0]))).as(err.toString()).isZero();
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat((image.getHeight() - 2) % 66).isZero();
      assertThat((image.getHeight() - 2) / 66).isBetween(7, 10);
    }
    assertThat(out.toString()).contains("airplane, automobile, bird, cat, deer");
    assertThat(mistake("datasets", "show", "mnist", "--examples=0", "--out=" + file))
        .contains("--examples 0: expected 1 to 54000");
    assertThat(mistake("datasets", "show", "mnist", "--choose=class:11", "--out=" + file))
        .contains("class:K with K from 0 to 9");
  }

  @Test
  void whatWasChosenIsRecorded() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--iterations=60",
                "--limit=500",
                "--labels=random",
                "--invert",
                "--augment=authors",
                "--sensitivity-from=class:3",
                "--sensitivity-batch=20",
                "--lr=0.01",
                "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("data: mnist, inverted, 500 to train on, 6,000 to validate on")
        .contains("training is on random labels")
        .containsPattern("training took [0-9.]+ s, [0-9.]+ % of the steps waiting for data");
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    JsonObject data = result.getAsJsonObject("options").getAsJsonObject("data");
    assertThat(data.get("name").getAsString()).isEqualTo("mnist");
    assertThat(data.get("limit").getAsInt()).isEqualTo(500);
    assertThat(data.get("labels").getAsString()).isEqualTo("random");
    assertThat(data.get("invert").getAsBoolean()).isTrue();
    assertThat(data.get("augment").getAsString()).isEqualTo("authors");
    assertThat(data.get("sensitivityFrom").getAsString()).isEqualTo("class:3");
    JsonObject pruned = result.getAsJsonObject("pruned");
    assertThat(pruned.get("waitShare").getAsDouble()).isBetween(0.0, 1.0);
    double error =
        pruned.getAsJsonObject("last").getAsJsonObject("validation").get("error").getAsDouble();
    assertThat(error).isGreaterThan(0.8); // noise cannot be learned
  }

  @Test
  void pruneDrawsTheBatchThatRunDraws() throws IOException {
    String[] options = {"--limit=300", "--invert", "--sensitivity-from=balanced"};
    assertThat(snip4j(with(options, "prune", "--out=" + folder.resolve("p.npz")))).isZero();
    assertThat(
            snip4j(
                with(
                    options,
                    "run",
                    "--labels=random", // scored on true ones
                    "--iterations=1",
                    "--out=" + folder.resolve("r"))))
        .as(err.toString())
        .isZero();
    Npz pruned = Npz.read(folder.resolve("p.npz"));
    Npz run = Npz.read(folder.resolve("r/network.npz"));
    assertThat(pruned.ints("mask.fc1.weight")).isEqualTo(run.ints("mask.fc1.weight"));
  }

  private static String[] with(String[] options, String... others) {
    List<String> all = new ArrayList<>(List.of(others));
    all.addAll(List.of(options));
    return all.toArray(new String[0]);
  }

  /** A small one of noise. */
  private void cifar10() throws IOException {
    Path files = Files.createDirectories(folder.resolve("cifar-10/cifar-10-batches-bin"));
    for (int file = 0; file < 6; file++) {
      byte[] bytes = new byte[40 * 3073];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = i % 3073 == 0 ? (byte) (i / 3073 % 10) : (byte) new Seed(file).below(i, 256);
      }
      String name = file == 5 ? "test_batch.bin" : "data_batch_" + (file + 1) + ".bin";
      Files.write(files.resolve(name), bytes);
    }
  }
}
