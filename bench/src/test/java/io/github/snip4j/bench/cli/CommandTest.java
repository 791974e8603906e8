package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
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
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the command does when all is well. */
class CommandTest extends CommandTestBase {
  @Test
  void modelsListsThePapersNumbers() {
    assertThat(snip4j("models")).isZero();
    String[] lines = {
      "lenet-300-100, 266,610, 13,331 at 95 %, 5,332 at 98 %",
      "lenet-5-caffe, 431,080, 8,622 at 98 %, 4,311 at 99 %",
      "alexnet-s, 5,070,218, 507,022 at 90 %",
      "alexnet-b, 8,490,378, 849,038 at 90 %",
      "vgg-c, 10,526,538, 526,327 at 95 %",
      "vgg-d, 15,245,130, 762,257 at 95 %",
      "vgg-like, 14,982,474, 449,474 at 97 %",
      "wrn-16-8, 10,958,666, 547,933 at 95 %",
      "wrn-16-10, 17,113,258, 855,663 at 95 %",
      "wrn-22-8, 17,153,610, 857,681 at 95 %",
      "lstm-s, 136,586, 6,829 at 95 %",
      "lstm-b, 535,306, 26,765 at 95 %",
      "gru-s, 103,690, 5,185 at 95 %",
      "gru-b, 403,978, 20,199 at 95 %",
    };
    for (String line : lines) {
      String[] cells = line.split(", ", 3);
      assertThat(out.toString()).containsPattern(cells[0] + " .* " + cells[1] + " +" + cells[2]);
    }
  }

  @Test
  void everyLayerThatHasParametersIsShown() {
    for (Model model : Models.all()) {
      out.getBuffer().setLength(0);
      assertThat(snip4j("models", model.name())).isZero();
      for (Parameter p : model.create(Constant.ZEROS, new Seed(1)).parameters()) {
        assertThat(out.toString().lines().filter(line -> line.startsWith("  " + p.layer() + " ")))
            .as("lines of %s in %s", p.layer(), model.name())
            .hasSize(1);
      }
    }
  }

  @Test
  void modelsShowsANetworkLayerByLayer() {
    assertThat(snip4j("models", "lenet-5-caffe")).isZero();
    assertThat(out.toString())
        .contains("lenet-5-caffe: takes [1, 28, 28], tells 10 classes apart, m = 431,080")
        .containsPattern("conv2 +\\[50, 8, 8\\] +25,000 +50\\R")
        .containsPattern("pool2 +\\[50, 4, 4\\]\\R")
        .containsPattern("all +430,500 +580\\R");
    assertThat(snip4j("models", "wrn-10-1", "--data=tiny-imagenet", "--classes=300")).isZero();
    assertThat(out.toString())
        .contains("wrn-10-1: takes [3, 64, 64], tells 300 classes apart")
        .containsPattern("group1.0.bn1 +\\[16, 32, 32\\] +32\\R")
        .containsPattern("fc +\\[300\\] +19,200 +300\\R");
  }

  @Test
  void aConvolutionalNetworkIsPrunedTrainedAndWrittenWithItsStatistics() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--model=lenet-5-caffe",
                "--data-dir=" + SmallMnist.write(folder.resolve("data")),
                "--iterations=10",
                "--lr=0.01",
                "--batch=20",
                "--sensitivity-batch=20",
                "--classes=12",
                "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("kappa = 8,642 of m = 432,082");
    assertThat(Npz.read(run.resolve("network.npz")).shape("fc2.weight"))
        .isEqualTo(Shape.of(12, 500));

    Path b = folder.resolve("b.npz");
    new NpzWriter()
        .put("x", RandomTensors.normal(6, 4, 3, 32, 32))
        .put("labels", new int[] {0, 1, 2, 3})
        .write(b);
    Path file = folder.resolve("o.npz");
    assertThat(snip4j("prune", "--model=wrn-10-1", "--batch=" + b, "--out=" + file))
        .as(err.toString())
        .isZero();
    assertThat(Npz.read(file).names())
        .contains("mask.group2.0.shortcut.weight")
        .noneMatch(name -> name.contains("bn"));
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
      JsonArray curve = result.getAsJsonObject(network).getAsJsonArray("curve");
      assertThat(curve).hasSize(1); // less than an epoch
      JsonObject end = curve.get(0).getAsJsonObject();
      assertThat(end.get("step").getAsInt()).isEqualTo(300);
      assertThat(end.get("trainingLoss").getAsDouble()).isBetween(0.05, 1.5);
      assertThat(end.get("validation")).isEqualTo(last.get("validation"));
    }

    Npz npz = Npz.read(run.resolve("network.npz"));
    int kept = 0;
    for (String name : npz.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        int[] mask = npz.ints(name);
        Tensor w = npz.floats(name.substring(NetworkFile.MASK_PREFIX.length()));
        for (int j = 0; j < mask.length; j++) {
          kept += mask[j];
          assertThat(mask[j] == 1 || Float.floatToRawIntBits(w.at(j)) == 0).isTrue();
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
                "--schedule=cosine",
                "--warm-up=5",
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
    assertThat(options.get("schedule").getAsString()).isEqualTo("cosine");
    assertThat(options.get("warmUp").getAsInt()).isEqualTo(5);
    assertThat(result.getAsJsonObject("method").getAsJsonArray("rateDropsAt")).isEmpty();
    assertThat(result.get("m").getAsInt()).isEqualTo(266_200);
    assertThat(result.get("kappa").getAsInt()).isEqualTo(13_310);
    assertThat(out.toString()).contains("training starts from a second draw of the weights");
  }

  @Test
  void pruneScoresANetworkAndABatchFromElsewhere() throws IOException {
    Network network = LeNet300100.create(new Seed(5));
    NetworkFile.save(folder.resolve("w.npz"), network);
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
      for (float s : npz.floats("score." + p.name()).toArray()) {
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
    String data = "--data-dir=" + SmallMnist.write(folder.resolve("data"));
    String scored = "--sensitivity-batch=20";
    assertThat(snip4j("prune", data, scored, "--out=" + folder.resolve("p.npz"))).isZero();
    assertThat(
            snip4j(
                "run",
                data,
                scored,
                "--batch=20",
                "--iterations=1",
                "--out=" + folder.resolve("r")))
        .isZero();
    Npz pruned = Npz.read(folder.resolve("p.npz"));
    Npz run = Npz.read(folder.resolve("r/network.npz"));
    for (String name : pruned.names()) {
      if (name.startsWith(NetworkFile.MASK_PREFIX)) {
        assertThat(pruned.ints(name)).isEqualTo(run.ints(name));
      }
    }
  }

  @Test
  void aReportGoesBesideTheResultsButNotIntoTheFolderOfARun() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
    Path run = folder.resolve("run");
    String[] options = {"--data-dir=" + data, "--sensitivity-batch=20", "--limit=30"};
    assertThat(
            snip4j("run", options[0], options[1], "--batch=20", "--iterations=4", "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("report.html, result.json, network.npz");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "98&nbsp;% of lenet-300-100 pruned, trained on mnist", "What was left was trained")
        .contains("<th scope=\"row\">data sensitivity from</th><td>random</td>")
        .contains("<th scope=\"row\">weight decay</th><td>0.0005</td>")
        .contains("The learning rate falls to a tenth after step 2 and 3.");

    Path inRun = run.resolve("p.npz");
    assertThat(mistake("prune", options[0], options[1], "--out=" + inRun))
        .isEqualTo(
            "snip4j: --out "
                + (inRun + ": " + run + " is the folder of a run, which has its own report.html"));
    for (String sparsity : new String[] {"0.9", "0.8"}) { // the second replaces the first
      assertThat(
              snip4j(
                  "prune",
                  options[0],
                  options[1],
                  options[2],
                  "--sparsity=" + sparsity,
                  "--out=" + folder.resolve("p.npz")))
          .as(err.toString())
          .isZero();
    }
    assertThat(Files.readString(folder.resolve("report.html")))
        .contains("80&nbsp;% of lenet-300-100 pruned", "Nothing was trained.");
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
        .startsWith("snip4j: all 266610 scores are 0: nothing tells the connections apart");
  }

  @Test
  void aSmallDatasetOfOnesOwnIsEnough() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
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
