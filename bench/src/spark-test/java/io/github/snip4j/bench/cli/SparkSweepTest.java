package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.spark.ExecutorClassPath;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.LockFile;
import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A comparison on a cluster of two machines, which are processes here. */
@ExtendWith(ExecutorClassPath.class)
class SparkSweepTest extends CommandTestBase {
  private static final String CLUSTER = "local-cluster[2,1,1024]";
  private static final List<String> CELLS =
      List.of("snip-0.5-1", "snip-0.5-3", "snip-0.9-1", "snip-0.9-3");
  private List<String> options = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
    options =
        new ArrayList<>(
            List.of(
                "--criteria=snip",
                "--sparsities=0.5,0.9",
                "--seeds=1,3-3",
                "--data-dir=" + Path.of("").toAbsolutePath().relativize(data)));
    options.addAll(SmallMnist.OPTIONS);
  }

  private String[] words(Path root, String... more) {
    List<String> words = new ArrayList<>(List.of("compare"));
    words.addAll(options);
    words.add("--out=" + root);
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private Path sweep(String name, String... more) {
    Path root = folder.resolve(name);
    int code = snip4j(words(root, more));
    assertThat(code).as(err.toString()).isZero();
    return root;
  }

  private static void assertSame(Path root, Path expected) {
    for (String cell : CELLS) {
      assertThat(root.resolve(cell).resolve("network.npz"))
          .hasSameBinaryContentAs(expected.resolve(cell).resolve("network.npz"));
      assertThat(root.resolve(cell).resolve("report.html")).exists();
    }
    assertThat(root.resolve("compare.csv"))
        .hasSameTextualContentAs(expected.resolve("compare.csv"));
  }

  @Test
  void cellsThereGiveTheSameBytesAsHere() throws IOException {
    options.add("--iterations=20");
    Path here = sweep("here");
    out.getBuffer().setLength(0);
    Path there = sweep("there", "--on=" + CLUSTER);
    assertSame(there, here);
    assertThat(out.toString().lines().filter(line -> line.contains(" of 4  snip at "))).hasSize(4);
    assertThat(RunResult.read(there.resolve("snip-0.5-1/result.json")).machine().threads())
        .isEqualTo(1);
    out.getBuffer().setLength(0);
    sweep("there", "--on=" + CLUSTER);
    assertThat(out.toString().lines().filter(line -> line.endsWith(", was finished"))).hasSize(4);
  }

  /** A run that began anew would write checkpoints of earlier steps. */
  @Test
  void aMachineThatIsKilledLosesTheStepsSinceItsCheckpointAndNothingElse() throws Exception {
    options.addAll(List.of("--iterations=6000", "--checkpoint-every=100"));
    Path here = sweep("here", "--jobs=2");
    Path there = folder.resolve("there");
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> snip4j(words(there, "--on=" + CLUSTER)));
    Path cell = there.resolve(CELLS.get(0));
    while (!code.isDone() && step(cell) < 2000) {
      Thread.sleep(50);
    }
    List<ProcessHandle> machines = executors();
    assertThat(machines).hasSize(2);
    for (ProcessHandle machine : machines) {
      machine.destroyForcibly();
      machine.onExit().get();
    }
    long killed = step(cell);
    assertThat(killed).isBetween(2000L, 5999L);
    long least = Long.MAX_VALUE;
    while (!code.isDone()) {
      long now = step(cell);
      least = now < 0 ? least : Math.min(least, now);
      Thread.sleep(50);
    }
    assertThat(code.get()).as(err.toString()).isZero();
    assertThat(least).isEqualTo(killed);
    assertSame(there, here);
  }

  /** As by a program that Spark has given up, and that has not ended yet. */
  @Test
  void aFolderThatAnotherProgramHoldsIsWaitedFor() throws Exception {
    options.add("--iterations=20");
    Path there = folder.resolve("there");
    Path own = Files.createDirectories(there.resolve(CELLS.get(0)));
    CompletableFuture<Integer> code;
    try (LockFile other = RunFolder.lock(own)) {
      code = CompletableFuture.supplyAsync(() -> snip4j(words(there, "--on=" + CLUSTER)));
      for (String cell : CELLS.subList(1, CELLS.size())) {
        while (!code.isDone() && !Files.exists(there.resolve(cell).resolve("report.html"))) {
          Thread.sleep(50);
        }
      }
      Thread.sleep(1000);
      assertThat(other.isThere()).isTrue();
      assertThat(code).isNotDone();
    }
    assertThat(code.get()).as(err.toString()).isZero();
    assertThat(own.resolve("network.npz")).exists();
  }

  @Test
  void whatAMachineRefusesIsSaidHereAndNotTriedAgain() throws IOException {
    options.add("--iterations=20");
    Path damaged = Files.createDirectories(folder.resolve("there").resolve(CELLS.get(1)));
    Files.writeString(damaged.resolve("checkpoint.npz"), "no checkpoint");
    assertThat(mistake(words(folder.resolve("there"), "--on=" + CLUSTER)))
        .startsWith("snip4j: " + damaged.resolve("checkpoint.npz") + ": at byte 0: expected");
  }

  @Test
  void aMasterThatIsNoneIsOneSentence() {
    options.add("--iterations=20");
    assertThat(mistake(words(folder.resolve("out"), "--on=nowhere")))
        .isEqualTo(
            "snip4j: --on nowhere: expected a master of Spark, as in spark://host:7077 or"
                + " local-cluster[2,1,1024]");
  }

  /**
   * The step of the checkpoint of a run; -1 if there is none. Another may take its place between
   * two reads of it: then it is read again.
   */
  private static long step(Path run) throws IOException {
    BadFileException torn = null;
    for (int i = 0; i < 20; i++) {
      try {
        return Checkpoint.load(run.resolve("checkpoint.npz")).step();
      } catch (NoSuchFileException e) {
        return -1;
      } catch (BadFileException e) {
        torn = e;
      }
    }
    throw torn;
  }

  /** The programs that compute: all that this one has started. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }
}
