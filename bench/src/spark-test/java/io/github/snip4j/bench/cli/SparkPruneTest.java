package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.spark.ExecutorClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scoring in parts on a cluster, whose machines are processes here. */
@ExtendWith(ExecutorClassPath.class)
class SparkPruneTest extends CommandTestBase {

  private String[] words(Path file, String more) {
    List<String> words = new ArrayList<>(List.of("prune", "--out=" + file));
    words.addAll(List.of(more.split(" ")));
    return words.toArray(String[]::new);
  }

  private Path pruned(String name, String more) {
    Path file = folder.resolve(name);
    assertThat(snip4j(words(file, more))).as(err.toString()).isZero();
    return file;
  }

  /** Gradient flow is two sums, and iterative SNIP one in each round. */
  @ParameterizedTest
  @CsvSource({"snip, 7", "grasp, 2", "iterative-snip --rounds=3, 2"})
  void machinesGiveTheSameBytesAsThisProgram(String criterion, int parts) throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
    String options =
        "--data-dir=%s --criterion=%s --sensitivity-batch=9 --sensitivity-batches=7"
            .formatted(Path.of("").toAbsolutePath().relativize(data), criterion);
    Path here = pruned("here.npz", options + " --sensitivity-parts=1");
    Path there =
        pruned("there.npz", options + " --on=local-cluster[2,1,1024] --sensitivity-parts=" + parts);
    assertThat(there).hasSameBinaryContentAs(here);
  }

  @Test
  void aMachineThatIsKilledChangesNoByte() throws Exception {
    String options = "--sensitivity-batches=all --sensitivity-batch=20 --sensitivity-parts=";
    Path here = pruned("here.npz", options + "1");
    Path there = folder.resolve("there.npz");
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> snip4j(words(there, options + "9 --on=local-cluster[2,1,1024]")));
    List<ProcessHandle> machines = List.of();
    while (!code.isDone() && machines.size() < 2) {
      Thread.sleep(20);
      machines =
          ProcessHandle.current()
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .toList();
    }
    Thread.sleep(4000); // it has begun
    assertThat(Files.exists(there)).isFalse();
    machines.get(1).destroyForcibly();
    assertThat(code.get()).as(err.toString()).isZero();
    assertThat(there).hasSameBinaryContentAs(here);
  }

  @Test
  void aMasterThatIsNoneIsOneSentence() {
    assertThat(mistake(words(folder.resolve("x.npz"), "--sensitivity-parts=1 --on=nowhere")))
        .isEqualTo(
            "snip4j: --on nowhere: expected a master of Spark, as in spark://host:7077 or"
                + " local-cluster[2,1,1024]");
  }
}
