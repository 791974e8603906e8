package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.Npz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria, their variants and what is told of masks, from the command line. */
class CriteriaTest extends CommandTestBase {
  private int files;

  private Path pruned(String... options) {
    Path file = folder.resolve("masks" + files++ + ".npz"); // they are read later
    String[] all = Arrays.copyOf(options, options.length + 3);
    all[options.length] = "--sensitivity-batch=20";
    all[options.length + 1] = "--out=" + file;
    all[options.length + 2] = fewDigits();
    assertThat(snip4j(concat("prune", all))).as(err.toString()).isZero();
    return file;
  }

  private static String[] concat(String first, String[] others) {
    String[] all = new String[others.length + 1];
    all[0] = first;
    System.arraycopy(others, 0, all, 1, others.length);
    return all;
  }

  private static int kept(Npz npz, String name) throws IOException {
    return Arrays.stream(npz.ints("mask." + name)).sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snip",
        "iterative-snip",
        "force",
        "random",
        "magnitude",
        "grasp",
        "synflow",
        "skeleton",
        "obd"
      })
  void everyCriterionKeepsExactlyKappa(String criterion) throws IOException {
    Npz npz = Npz.read(pruned("--criterion=" + criterion, "--sparsity=0.95"));
    int kept = 0;
    for (String name : npz.names()) {
      kept += name.startsWith("mask.") ? kept(npz, name.substring(5)) : 0;
    }
    assertThat(kept).isEqualTo(13_331);
    assertThat(npz.names().contains("sensitivity.fc1.weight"))
        .isEqualTo(criterion.endsWith("snip") || criterion.equals("force"));
    assertThat(out.toString())
        .containsPattern("of those kept lie on a path from input to output: effective sparsity 9");
  }

  @Test
  void variantsChangeTheMask() throws IOException {
    Npz plain = Npz.read(pruned("--sparsity=0.95"));
    Npz uniform = Npz.read(pruned("--sparsity=0.95", "--allocation=uniform"));
    assertThat(kept(uniform, "fc1.weight")).isBetween(11_500, 11_800);
    Npz own = Npz.read(pruned("--sparsity=0.95", "--allocation=fc1=1,fc2=1,fc3=20"));
    assertThat(kept(own, "fc3.weight") + kept(own, "fc3.bias")).isBetween(900, 1_010);
    Npz several = Npz.read(pruned("--sparsity=0.95", "--sensitivity-batches=3"));
    Npz average =
        Npz.read(pruned("--sparsity=0.95", "--sensitivity-batches=3", "--moving-average=0.9"));
    Npz shuffled = Npz.read(pruned("--sparsity=0.95", "--sanity=shuffle"));
    Npz inverted = Npz.read(pruned("--sparsity=0.95", "--sanity=invert"));
    for (Npz other : new Npz[] {uniform, own, several, average, shuffled, inverted}) {
      assertThat(other.ints("mask.fc1.weight")).isNotEqualTo(plain.ints("mask.fc1.weight"));
    }
    assertThat(several.ints("mask.fc1.weight")).isNotEqualTo(average.ints("mask.fc1.weight"));
    assertThat(kept(shuffled, "fc1.weight")).isEqualTo(kept(plain, "fc1.weight"));
    Npz whole = Npz.read(pruned("--sparsity=0.95", "--exclude=fc1,fc3", "--biases=excluded"));
    assertThat(whole.names().stream().filter(name -> name.startsWith("mask.")))
        .containsExactly("mask.fc2.weight");
    assertThat(kept(whole, "fc2.weight")).isEqualTo(1_500);
  }

  @Test
  void theThresholdKeepsAllZeroBiases() throws IOException {
    Npz npz = Npz.read(pruned("--sparsity=0.0000001", "--selection=threshold"));
    assertThat(kept(npz, "fc1.bias")).isEqualTo(300);
  }

  /** Of 410 biases that all score 0 some are kept: only their index tells them apart. */
  @Test
  void whatIsKeptByItsIndexAloneIsTold() {
    String words = "of those kept have score 0, which says nothing";
    pruned("--sparsity=0.001");
    assertThat(out.toString()).contains(words);
    out.getBuffer().setLength(0);
    pruned("--sparsity=0.95");
    assertThat(out.toString()).doesNotContain(words);
    pruned("--sparsity=0.95", "--sanity=invert"); // keeps them all, as they are the smallest
    assertThat(out.toString()).doesNotContain(words);
    pruned("--sparsity=0.2", "--criterion=grasp"); // likewise: others are below 0
    assertThat(out.toString()).doesNotContain(words);
  }

  @Test
  void theInvertedMaskKeepsTheSmallestScores() throws IOException {
    Npz npz = Npz.read(pruned("--sparsity=0.95", "--sanity=invert"));
    float largestKept = 0;
    float smallestPruned = 1;
    for (String name : List.of("fc1.weight", "fc2.weight", "fc3.weight")) {
      float[] scores = npz.floats("score." + name).toArray();
      int[] mask = npz.ints("mask." + name);
      for (int j = 0; j < mask.length; j++) {
        largestKept = mask[j] == 1 ? Math.max(largestKept, scores[j]) : largestKept;
        smallestPruned = mask[j] == 1 ? smallestPruned : Math.min(smallestPruned, scores[j]);
      }
    }
    assertThat(largestKept).isPositive().isLessThanOrEqualTo(smallestPruned);
  }

  @Test
  void exactChangesAreToldBesideTheScores() {
    pruned("--exact-changes=20");
    assertThat(out.toString())
        .containsPattern(
            "20 connections removed one at a time: scores and changes of the loss have rank"
                + " correlation 0\\.[89]");
  }

  @Test
  void variantsAndSoundnessAreRecorded() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            snip4j(
                "run",
                "--criterion=synflow",
                "--rounds=5",
                "--allocation=erk",
                "--exclude=fc3",
                "--scoring-batch-norm=train",
                "--sanity=shuffle",
                "--iterations=10",
                fewDigits(),
                "--out=" + run))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("lenet-300-100 pruned by synaptic flow (SynFlow) in ")
        .contains("a check: the mask is shuffled within each parameter");
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    JsonObject scoring = result.getAsJsonObject("options").getAsJsonObject("scoring");
    assertThat(scoring.get("criterion").getAsString()).isEqualTo("synflow");
    assertThat(scoring.get("rounds").getAsInt()).isEqualTo(5);
    assertThat(scoring.get("allocation").getAsString()).isEqualTo("erk");
    assertThat(scoring.get("exclude").getAsString()).isEqualTo("fc3");
    assertThat(scoring.get("batchNorm").getAsString()).isEqualTo("train");
    assertThat(scoring.get("sanity").getAsString()).isEqualTo("shuffle");
    JsonObject soundness = result.getAsJsonObject("soundness");
    assertThat(soundness.get("effective").getAsInt())
        .isBetween(1, result.get("kappa").getAsInt() - 1);
    assertThat(soundness.getAsJsonArray("units")).hasSize(3);
    assertThat(RunResult.read(run.resolve("result.json")).options().scoring().exclude())
        .containsExactly("fc3");
  }

  @Test
  void collapsedLayersAreAMistakeUnlessAllowed() throws IOException {
    String[] collapsing = {
      "run",
      "--criterion=magnitude",
      "--sparsity=0.995",
      "--iterations=2",
      fewDigits(),
      "--out=" + folder
    };
    assertThat(mistake(collapsing))
        .isEqualTo(
            "snip4j: nothing is left of fc1.weight: no signal passes there; a lower --sparsity or"
                + " another --allocation may leave something, --allow-collapse trains"
                + " all the same");
    assertThat(folder.resolve("result.json")).doesNotExist();
    String[] allowed = Arrays.copyOf(collapsing, collapsing.length + 1);
    allowed[collapsing.length] = "--allow-collapse";
    assertThat(snip4j(allowed)).as(err.toString()).isZero();
    RunResult result = RunResult.read(folder.resolve("result.json"));
    assertThat(result.soundness().collapsed()).containsExactly("fc1.weight");
    assertThat(result.soundness().effective()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--criterion=snap            | 'snap': there is snip, iterative-snip, force, random, magnitude, grasp, synflow, skeleton, obd",
        "--rounds=0                  | --rounds 0: expected 1 or more",
        "--sensitivity-batches=0     | 0: expected 1 or more, or all",
        "--moving-average=1          | --moving-average 1.0: expected 0 to below 1",
        "--scoring-batch-norm=off    | 'off': there is train, evaluate",
        "--allocation=fair           | --allocation fair: expected global, uniform, erk, fan-in, or a density for each layer, as in fc1=0.03,fc2=0.17,fc3=0.56",
        "--allocation=fc1=1          | densities: fc2 has none: expected a number of 0 or more for each layer",
        "--selection=most            | 'most': there is exact, threshold",
        "--exclude=fc9               | --exclude fc9: expected layers among fc1, fc2, fc3",
        "--sanity=none,shuffle       | there is none, shuffle, invert",
      })
  void mistakesAreOneSentence(String option, String sentence) {
    Path run = folder.resolve("run");
    assertThat(mistake("run", option, fewDigits(), "--out=" + run))
        .startsWith("snip4j: ")
        .contains(sentence);
    assertThat(run.resolve("result.json")).doesNotExist();
  }

  @Test
  void theThresholdGoesWithOneRankingOnly() {
    assertThat(
            mistake(
                "prune",
                "--selection=threshold",
                "--allocation=erk",
                fewDigits(),
                "--out=" + folder.resolve("o.npz")))
        .isEqualTo("snip4j: --selection threshold: expected --allocation global, not erk");
  }
}
