package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed, again and again, comes to the result of one that is not. */
class KillTest {
  /**
   * Not of the run but of the process: placeBytes count what its kernels have worked out so far.
   */
  private static final Set<String> MEASURED =
      Set.of("stepMillis", "imagesPerSecond", "peakHeapBytes", "placeBytes");

  @TempDir Path folder;
  private Path data;
  private Path out;
  private Path log;
  private List<String> options = List.of();
  private List<String> jvm = SubProcess.QUICK; // the exhaustive ones are started as a user's are

  /** One whose checkpoint is written quickly. */
  private String model = "mlp:784-30-10";

  private int checkpointEvery = 3;

  @BeforeEach
  void nameFiles() throws IOException {
    data = SmallMnist.write(folder.resolve("data"));
    out = folder.resolve("out");
    log = folder.resolve("log");
  }

  @Test
  void killedAtFiveRandomMomentsItResumesToTheSameBits() throws IOException, InterruptedException {
    killed(5, "--iterations=600", "--with-dense");
  }

  @Test
  void soDoesARunWhoseConnectionsMoveByMomentum() throws IOException, InterruptedException {
    killed(
        3,
        "--iterations=400",
        "--with-dense",
        "--dynamic=momentum",
        "--update-every=7",
        "--sparsity=0.9");
  }

  @Test
  void soDoesARunThatIsPrunedInRoundsAndRewound() throws IOException, InterruptedException {
    killed(
        4,
        "--pretrain=200",
        "--rounds=4",
        "--retrain=150",
        "--rewind=weights",
        "--rewind-to=40",
        "--criterion=magnitude");
  }

  @Test
  void soDoesARunThatIsPrunedGradually() throws IOException, InterruptedException {
    killed(3, "--iterations=400", "--with-dense", "--gradual", "--prune-every=11");
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @ValueSource(strings = {"--rewind=none", "--rewind=rate --rewind-to=60", "--rewind=weights"})
  void soDoesARunThatIsPrunedInRoundsHoweverOftenItIsKilled(String rewinding)
      throws IOException, InterruptedException {
    jvm = List.of();
    List<String> words = new ArrayList<>(List.of(rewinding.split(" ")));
    words.addAll(List.of("--pretrain=300", "--rounds=5", "--retrain=200", "--levels=cubic"));
    killed(12, words.toArray(String[]::new));
  }

  @Tag("exhaustive")
  @ParameterizedTest
  @ValueSource(strings = {"set", "rigl", "momentum"})
  void soDoesARunWhoseConnectionsMoveHoweverOftenItIsKilled(String rules)
      throws IOException, InterruptedException {
    jvm = List.of();
    killed(
        8,
        "--iterations=900",
        "--with-dense",
        "--dynamic=" + rules,
        "--update-every=7",
        "--redistribute=gradient");
  }

  @Tag("exhaustive")
  @Test
  void killedAtTwentyRandomMomentsItResumesToTheSameBits()
      throws IOException, InterruptedException {
    jvm = List.of();
    model = "lenet-300-100"; // whose checkpoint it is often killed in the middle of
    checkpointEvery = 15;
    killed(20, "--iterations=1200", "--with-dense");
  }

  private void killed(int times, String... more) throws IOException, InterruptedException {
    options = List.of(more);
    Path whole = folder.resolve("whole");
    long start = System.nanoTime();
    assertThat(start(whole, 0).waitFor()).as(log()).isZero();
    int took = Math.toIntExact((System.nanoTime() - start) / 1_000_000); // on this machine, now

    int resumed = 0;
    int attempts = 0;
    for (int kills = 0; kills < times; attempts++) {
      if (Files.exists(out.resolve("result.json")) && !Files.exists(checkpoint())) {
        compare(whole);
        deleteOut();
      }
      resumed += Files.exists(checkpoint()) ? 1 : 0;
      Process process = startOrResume();
      if (attempts % 2 == 0) { // so that there is something to resume, however fast the machine is
        waitForCheckpoint(process);
      }
      int moment = attempts % 2 * took / 10 + new Seed(11).below(attempts, took / 2);
      if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(log()).isZero();
        continue; // it was quicker
      }
      process.destroyForcibly().waitFor();
      kills++;
    }
    if (!Files.exists(out.resolve("result.json")) || Files.exists(checkpoint())) {
      assertThat(startOrResume().waitFor()).as(log()).isZero();
    }
    compare(whole);
    assertThat(resumed).isGreaterThan(times / 4);
  }

  private void waitForCheckpoint(Process process) throws InterruptedException {
    while (process.isAlive() && !Files.exists(checkpoint())) {
      process.waitFor(2, TimeUnit.MILLISECONDS);
    }
  }

  private Process startOrResume() throws IOException {
    return Files.exists(checkpoint())
        ? SubProcess.start(log, jvm, "run", "--resume=" + out, "--threads=1")
        : start(out, checkpointEvery);
  }

  private Process start(Path where, int every) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("run", "--data-dir=" + data));
    arguments.add("--model=" + model);
    arguments.addAll(SmallMnist.OPTIONS);
    arguments.addAll(options);
    arguments.add("--checkpoint-every=" + every);
    arguments.addAll(List.of("--overwrite", "--threads=1", "--out=" + where));
    return SubProcess.start(log, jvm, arguments.toArray(String[]::new));
  }

  private Path checkpoint() {
    return out.resolve("checkpoint.npz");
  }

  private void compare(Path whole) throws IOException {
    assertThat(out.resolve("network.npz")).hasSameBinaryContentAs(whole.resolve("network.npz"));
    assertThat(withoutTimes(out)).isEqualTo(withoutTimes(whole));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("network.npz", "report.html", "result.json");
    }
  }

  private static JsonObject withoutTimes(Path run) throws IOException {
    JsonObject result =
        JsonParser.parseString(Files.readString(run.resolve("result.json"))).getAsJsonObject();
    for (JsonObject part :
        List.of(result, result.getAsJsonObject("pruned"), result.getAsJsonObject("dense"))) {
      part.keySet().removeIf(key -> key.endsWith("Seconds") || key.equals("waitShare"));
      if (part.has("cost")) {
        part.getAsJsonObject("cost").keySet().removeAll(MEASURED);
      }
    }
    result.getAsJsonArray("levels").forEach(level -> level.getAsJsonObject().remove("stepMillis"));
    return result;
  }

  private void deleteOut() throws IOException {
    Files.delete(out.resolve("network.npz"));
    Files.delete(out.resolve("report.html"));
    Files.delete(out.resolve("result.json"));
  }

  private String log() throws IOException {
    return Files.exists(log) ? Files.readString(log, Charset.defaultCharset()) : "";
  }
}
