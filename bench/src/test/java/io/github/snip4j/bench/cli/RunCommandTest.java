package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A run from the data to its files, when all is well. */
class RunCommandTest extends CommandTestBase {
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
                "--scoring-init=he",
                "--init=glorot",
                "--biases=excluded",
                "--optimizer=adam",
                "--schedule=cosine",
                "--warm-up=5",
                "--sparsity=0.95",
                fewDigits(),
                "--out=" + run))
        .as(err.toString())
        .isZero();
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    JsonObject options = result.getAsJsonObject("options");
    assertThat(options.getAsJsonObject("draw").get("init").getAsString()).isEqualTo("glorot");
    assertThat(result.getAsJsonObject("method").get("initializer").getAsString())
        .isEqualTo(
            "variance scaling 2 / (fan in + fan out), uniform; scored on variance scaling 2 / fan"
                + " in, truncated normal; biases 0, of GRU gates 1");
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
