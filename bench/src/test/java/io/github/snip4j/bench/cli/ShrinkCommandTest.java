package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.snip.unit.KeptUnits;
import io.github.snip4j.snip.unit.UnitCriterion;
import io.github.snip4j.snip.unit.UnitSelection;
import io.github.snip4j.snip.unit.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole units are taken out of a trained network, and what is left is used further. */
class ShrinkCommandTest extends CommandTestBase {
  private static final String MODEL = "--model=mlp:784-40-20-10";

  @TempDir static Path before;
  private static Path data;
  private static Path trained;
  private Path small;

  @BeforeAll
  static void train() throws IOException {
    data = FewDigits.in(before.resolve("data"));
    Path folder = before.resolve("trained");
    trained = folder.resolve("network.npz");
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    int code = Snip4j.execute(nobody, nobody, run(folder, MODEL, "--sparsity=0"));
    assertThat(code).isZero();
  }

  @BeforeEach
  void nameFile() {
    small = folder.resolve("small.npz");
  }

  private static String[] run(Path out, String... more) {
    String[] words = {
      "run", "--iterations=60", "--limit=500", "--lr=0.05", "--data-dir=" + data, "--out=" + out
    };
    return with(words, more);
  }

  private void run(String name, String... more) {
    ok(run(folder.resolve(name), more));
  }

  private static String[] shrinking(String... more) {
    return with(new String[] {"shrink", "--network=" + trained, "--data-dir=" + data}, more);
  }

  private void shrink(String... more) {
    ok(with(shrinking("--out=" + small), more));
  }

  private void ok(String... words) {
    assertThat(snip4j(words)).as(err.toString()).isZero();
  }

  private static String[] with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  private static Network read(Path file) throws IOException {
    return NetworkFile.read(file).network();
  }

  @Test
  void theSmallerNetworkAnswersAsTheMaskedOneAndExportsToASmallerFile() throws IOException {
    shrink("--keep-units=30", "--criterion=l1");
    Network whole = read(trained);
    Units units = Units.of(whole);
    Batch batch =
        new RunSeeds(1)
            .shown(Mnist.read(data).split(new Seed(1)), 20, "random", AugmentationKind.NONE);
    KeptUnits kept = UnitSelection.keep(units, UnitCriterion.l1().score(whole, units, batch), 30);
    float[] masked = whole.restructured(kept.masks()).logits(batch.x()).toArray();
    float[] smaller = read(small).logits(batch.x()).toArray();
    float largest = 0;
    for (float y : masked) {
      largest = Math.max(largest, Math.abs(y));
    }
    for (int i = 0; i < masked.length; i++) {
      assertThat(smaller[i]).isCloseTo(masked[i], within(1e-5f * largest));
    }
    assertThat(read(small).masks()).isEmpty();
    assertThat(read(small).connections()).isLessThan(whole.connections());
    assertThat(NetworkFile.read(small).card().made())
        .containsEntry("units kept", "30")
        .containsEntry("model", "mlp:784-40-20-10");

    Path before = folder.resolve("before.onnx");
    Path after = folder.resolve("after.onnx");
    ok("export", "--network=" + trained, "--to=" + before);
    ok("export", "--network=" + small, "--to=" + after);
    assertThat(Files.size(after)).isLessThan(Files.size(before));
    assertThat((double) Files.size(after) / Files.size(before))
        .isCloseTo((double) read(small).connections() / whole.connections(), within(0.05));
  }

  @ParameterizedTest
  @ValueSource(strings = {"snip", "skeleton", "l1", "taylor"})
  void everyCriterionLeavesTheShareOfTheArithmetic(String criterion) throws IOException {
    shrink("--arithmetic=0.5", "--criterion=" + criterion, "--sensitivity-batch=10");
    double all = 784 * 40 + 40 * 20 + 20 * 10;
    Network network = read(small);
    double left =
        network.parameters().stream()
            .filter(p -> p.name().endsWith(".weight"))
            .mapToInt(p -> p.size())
            .sum();
    assertThat(left / all).isBetween(0.45, 0.5);
  }

  @Test
  void theSmallerNetworkIsTrainedOnEvaluatedAndPrunedFurther() throws IOException {
    shrink("--arithmetic=0.5");
    ok("evaluate", "--network=" + small, "--data-dir=" + data);
    run("tuned", "--model=" + small, "--sparsity=0");
    RunResult tuned = RunResult.read(folder.resolve("tuned").resolve("result.json"));
    assertThat(tuned.m()).isEqualTo(read(small).connections());
    assertThat(tuned.options().model()).isEqualTo(small.toString());
    run("pruned", "--model=" + small, "--sparsity=0.9", "--criterion=magnitude");
    RunResult pruned = RunResult.read(folder.resolve("pruned").resolve("result.json"));
    assertThat(pruned.kappa()).isEqualTo((int) Math.round(0.1 * tuned.m()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                              | expected --keep-units N or --arithmetic SHARE, and not both",
        "--keep-units=9 --arithmetic=0.5 | expected --keep-units N or --arithmetic SHARE, and not both",
        "--keep-units=9 --multiple=8     | --multiple: the number of units is given: expected --arithmetic",
        "--arithmetic=0.5 --multiple=0   | units: multiples of 0: expected 1 or more",
        "--keep-units=1                  | units: keep 1: expected 2, one of each group, to 60",
        "--keep-units=61                 | units: keep 61: expected 2, one of each group, to 60",
        "--arithmetic=0                  | units: a share of 0.0 of the multiply-adds: expected more than 0, at most 1",
        "--arithmetic=0.001              | cannot be reached: one unit of each group takes",
        "--arithmetic=0.5 --criterion=l2 | 'l2': there is snip, skeleton, l1, taylor",
        "--arithmetic=0.5 --data=cifar10 | cifar10",
      })
  void mistakesAreOneSentence(String options, String sentence) {
    String[] words = shrinking("--out=" + small);
    String[] more = options.isEmpty() ? new String[0] : options.split(" ");
    assertThat(mistake(with(words, more))).startsWith("snip4j: ").contains(sentence);
    assertThat(small).doesNotExist();
  }

  @Test
  void aPrunedNetworkAndTheNetworkItselfAreRefused() {
    run("sparse", MODEL, "--sparsity=0.9");
    Path sparse = folder.resolve("sparse").resolve("network.npz");
    assertThat(mistake("shrink", "--network=" + sparse, "--out=" + small, "--keep-units=30"))
        .contains("is pruned: expected a whole network");
    assertThat(mistake("shrink", "--network=" + trained, "--out=" + trained, "--keep-units=30"))
        .contains("is the file of --network, which would be lost");
  }
}
