package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.model.LeNet300100;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  private int snip4j(String... arguments) {
    return Snip4j.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** Runs what must fail: code 2, one sentence, no file. */
  private String mistake(String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(snip4j(arguments)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    return err.toString().strip();
  }

  @Test
  void modelsListsThePapersNumbers() {
    assertThat(snip4j("models")).isZero();
    assertThat(out.toString()).contains("lenet-300-100   266,610   13,331 at 95 %, 5,332 at 98 %");
  }

  @Test
  void aShortRunPrunesTrainsEvaluatesAndWrites() throws IOException {
    Path run = folder.resolve("new/run");
    assertThat(snip4j("run", "--iterations=300", "--with-dense", "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("54,000 to train on, 6,000 to validate on, 10,000 to test on")
        .contains("kappa = 5,332 of m = 266,610")
        .contains("no bias is kept")
        .contains("pruned, last step", "dense, best on validation");

    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    assertThat(result.get("m").getAsInt()).isEqualTo(266_610);
    assertThat(result.get("kappa").getAsInt()).isEqualTo(5_332);
    assertThat(result.getAsJsonArray("layers")).hasSize(3);
    assertThat(result.getAsJsonObject("options").get("optimizer").getAsString())
        .isEqualTo("momentum");
    for (String network : new String[] {"pruned", "dense"}) {
      JsonObject last = result.getAsJsonObject(network).getAsJsonObject("last");
      assertThat(last.getAsJsonObject("test").get("error").getAsDouble()).isBetween(0.001, 0.15);
      assertThat(last.get("step").getAsInt()).isEqualTo(300);
    }

    Npz npz = Npz.read(run.resolve("network.npz"));
    int kept = 0;
    for (String name : npz.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        int[] mask = npz.ints(name);
        Tensor w = npz.floats(name.substring(NetworkFile.MASK_PREFIX.length()));
        for (int j = 0; j < mask.length; j++) {
          kept += mask[j];
          assertThat(mask[j] == 1 || Float.floatToRawIntBits(w.data()[j]) == 0).isTrue();
        }
      }
    }
    assertThat(kept).isEqualTo(5_332);

    assertThat(mistake("run", "--iterations=1", "--out=" + run))
        .isEqualTo(
            "snip4j: "
                + run
                + " holds the results of an earlier run: choose another --out, or --overwrite");
    assertThat(snip4j("run", "--iterations=1", "--overwrite", "--out=" + run)).isZero();
  }

  @Test
  void variantsOfThePaperAreRecorded() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--iterations=20",
                "--redraw",
                "--biases=excluded",
                "--optimizer=adam",
                "--sparsity=0.95",
                "--out=" + run))
        .as(err.toString())
        .isZero();
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    JsonObject options = result.getAsJsonObject("options");
    assertThat(options.get("redraw").getAsBoolean()).isTrue();
    assertThat(options.get("biases").getAsString()).isEqualTo("excluded");
    assertThat(options.get("lr").getAsDouble()).isEqualTo(0.001);
    assertThat(result.get("m").getAsInt()).isEqualTo(266_200);
    assertThat(result.get("kappa").getAsInt()).isEqualTo(13_310);
    assertThat(out.toString()).contains("training starts from a second draw of the weights");
  }

  @Test
  void pruneScoresANetworkAndABatchFromElsewhere() throws IOException {
    Network network = LeNet300100.create(new Seed(5));
    NetworkFile.save(folder.resolve("w.npz"), network, Map.of());
    int[] labels = new int[30];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    new NpzWriter()
        .put("x", RandomTensors.normal(6, 30, 1, 28, 28))
        .put("labels", labels)
        .write(folder.resolve("b.npz"));
    Path file = folder.resolve("masks.npz");
    assertThat(
            snip4j(
                "prune",
                "--sparsity=0.9",
                "--weights=" + folder.resolve("w.npz"),
                "--batch=" + folder.resolve("b.npz"),
                "--out=" + file))
        .as(err.toString())
        .isZero();
    Npz npz = Npz.read(file);
    assertThat(npz.names()).hasSize(18);
    double total = 0;
    int kept = 0;
    for (Parameter p : network.parameters()) {
      assertThat(npz.shape("sensitivity." + p.name())).isEqualTo(p.shape());
      for (float s : npz.floats("score." + p.name()).data()) {
        total += s;
      }
      for (int c : npz.ints("mask." + p.name())) {
        kept += c;
      }
    }
    assertThat(total).isBetween(0.9999, 1.0001);
    assertThat(kept).isEqualTo(26_661);
  }

  @Test
  void pruneDrawsWhatRunDraws() throws IOException {
    assertThat(snip4j("prune", "--out=" + folder.resolve("p.npz"))).isZero();
    assertThat(snip4j("run", "--iterations=1", "--out=" + folder.resolve("r"))).isZero();
    Npz pruned = Npz.read(folder.resolve("p.npz"));
    Npz run = Npz.read(folder.resolve("r/network.npz"));
    for (String name : pruned.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        assertThat(pruned.ints(name)).isEqualTo(run.ints(name));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sparsity=1.5            | --sparsity 1.5: expected 0 to below 1",
        "--sparsity=1              | --sparsity 1.0: expected 0 to below 1",
        "--sparsity=-0.1           | --sparsity -0.1: expected 0 to below 1",
        "--sparsity=NaN            | --sparsity NaN: expected 0 to below 1",
        "--sparsity=0.9999999      | sparsity 0.9999999 leaves none of 266610 connections",
        "--sparsity=much           | 'much' is not a number, as in 0.98",
        "--model=lenet-300         | unknown model 'lenet-300': did you mean lenet-300-100?",
        "--data=mnits              | unknown data 'mnits': did you mean mnist?",
        "--iterations=0            | --iterations 0: expected 1 or more",
        "--batch=0                 | --batch 0: expected 1 or more",
        "--batch=54001             | --batch 54001: expected at most 54000, the number of training examples",
        "--sensitivity-batch=60000 | --sensitivity-batch 60000: expected at most 54000",
        "--lr=0                    | --lr 0.0: expected more than 0",
        "--weight-decay=-1         | --weight-decay -1.0: expected 0 or more",
        "--threads=0               | --threads 0: expected 1 to 1024",
        "--optimizer=lion          | 'lion': there is sgd, momentum, nesterov, adam, adamw",
        "--gemm=mkl                | --gemm mkl: there is auto, simd, jblas, scalar",
        "--sparse                  | did you mean",
        "--data-dir=/nowhere       | /nowhere: there is no such folder",
      })
  void mistakesAreOneSentence(String option, String sentence) {
    Path run = folder.resolve("run");
    assertThat(mistake("run", option, "--out=" + run)).startsWith("snip4j: ").contains(sentence);
    assertThat(run.resolve("result.json")).doesNotExist();
  }

  @Test
  void anOutputThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(mistake("run", "--out=" + file)).contains(file.toString());
    assertThat(file).hasContent("mine");
  }

  @Test
  void pruneNamesWhatIsWrongWithItsFiles() throws IOException {
    Path w = folder.resolve("w.npz");
    Files.write(w, new byte[] {'P', 'K', 3, 4, 0});
    assertThat(mistake("prune", "--weights=" + w, "--out=" + folder.resolve("o.npz")))
        .startsWith("snip4j: " + w + ": at byte 5: expected the end of a zip archive");
    assertThat(folder.resolve("o.npz")).doesNotExist();
  }

  @Test
  void pruneNamesWhatIsWrongWithItsBatch() throws IOException {
    Path b = folder.resolve("b.npz");
    new NpzWriter()
        .put("x", Tensor.zeros(Shape.of(2, 784)))
        .put("labels", new int[] {3, 10})
        .write(b);
    Path existing = Files.writeString(folder.resolve("o.npz"), "mine");
    assertThat(mistake("prune", "--batch=" + b, "--out=" + existing))
        .isEqualTo("snip4j: " + b + ": label 10 of example 1: expected 0 to 9");
    assertThat(existing).hasContent("mine");
  }

  @Test
  void pruneNamesABatchOfTheWrongSize() throws IOException {
    Path b = folder.resolve("b.npz");
    new NpzWriter().put("x", Tensor.zeros(Shape.of(2, 100))).put("labels", new int[2]).write(b);
    assertThat(mistake("prune", "--batch=" + b, "--out=" + folder.resolve("o.npz")))
        .isEqualTo(
            "snip4j: "
                + b
                + ": batch: [2, 100] with 2 labels: expected [2, ...] with 784 values per example"
                + " [1, 28, 28]");
  }

  @Test
  void pruneNeedsAFolderThatExists() {
    assertThat(mistake("prune", "--out=" + folder.resolve("no/where.npz")))
        .endsWith("expected a file in a folder that exists");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void anUnknownCommandIsToldTheNearOnes() {
    assertThat(mistake("rnu"))
        .isEqualTo(
            "snip4j: unknown command 'rnu': did you mean run or prune? (see: snip4j --help)");
  }

  @Test
  void missingFilesAreNamed() {
    Path w = folder.resolve("none.npz");
    assertThat(mistake("prune", "--weights=" + w, "--out=" + folder.resolve("o.npz")))
        .isEqualTo("snip4j: " + w + ": there is no such file or folder");
  }

  @Test
  void divergenceIsAFailureNotAMistakeAndWritesNothing() {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", "--lr=1e30", "--iterations=50", "--out=" + run)).isEqualTo(1);
    assertThat(err.toString()).contains("snip4j: training diverged: the loss is ");
    assertThat(run).isEmptyDirectory(); // until the program ends
  }

  @Test
  void aLastStepThatGoesWrongIsNoticed() {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", "--lr=1e30", "--iterations=1", "--out=" + run)).isEqualTo(1);
    assertThat(err.toString()).contains("training diverged: the loss is NaN at step 1");
    assertThat(run.resolve("network.npz")).doesNotExist();
  }

  @Test
  void connectionsKeptByIndexAloneAreTold() throws IOException {
    Path b = folder.resolve("b.npz");
    Tensor x = Tensor.zeros(Shape.of(2, 784));
    x.set(1, 0, 400);
    x.set(-1, 1, 401);
    new NpzWriter().put("x", x).put("labels", new int[] {3, 4}).write(b);
    Path file = folder.resolve("o.npz");
    assertThat(snip4j("prune", "--sparsity=0.5", "--batch=" + b, "--out=" + file)).isZero();
    assertThat(out.toString()).contains("of those kept have score 0, which says nothing");
    new NpzWriter()
        .put("x", Tensor.zeros(Shape.of(2, 784)))
        .put("labels", new int[] {3, 4})
        .write(b);
    assertThat(mistake("prune", "--batch=" + b, "--out=" + file))
        .isEqualTo("snip4j: all 266610 scores are 0: nothing tells the connections apart");
  }

  @Test
  void aSmallDatasetOfOnesOwnIsEnough() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    for (String set : new String[] {"train", "t10k"}) {
      byte[] images = new byte[16 + 50 * 784];
      for (int i = 16; i < images.length; i++) {
        images[i] = (byte) new Seed(8).below(i, 256);
      }
      System.arraycopy(
          new byte[] {0, 0, 8, 3, 0, 0, 0, 50, 0, 0, 0, 28, 0, 0, 0, 28}, 0, images, 0, 16);
      byte[] labels = new byte[8 + 50];
      System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, 50}, 0, labels, 0, 8);
      labels[20] = 7;
      Files.write(data.resolve(set + "-images-idx3-ubyte"), images);
      Files.write(data.resolve(set + "-labels-idx1-ubyte"), labels);
    }
    assertThat(
            snip4j(
                "run",
                "--data-dir=" + data,
                "--iterations=4",
                "--batch=20",
                "--sensitivity-batch=20",
                "--lr=0.01",
                "--out=" + folder.resolve("run")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("45 to train on, 5 to validate on, 50 to test on");
  }
}
