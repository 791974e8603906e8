package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.spark.ExecutorClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training in parts on a cluster, whose machines are processes here. */
@ExtendWith(ExecutorClassPath.class)
class SparkPartsTest extends CommandTestBase {
  private final List<String> options = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    Path data = SmallMnist.write(folder.resolve("data"));
    options.add("--data-dir=" + Path.of("").toAbsolutePath().relativize(data));
    options.addAll(SmallMnist.OPTIONS);
    options.addAll(List.of("--model=lenet-300-100", "--sparsity=0.98"));
  }

  private String[] words(String name, String... more) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(options);
    words.add("--out=" + folder.resolve(name));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private RunResult run(String name, String... more) throws IOException {
    int code = snip4j(words(name, more));
    assertThat(code).as(err.toString()).isZero();
    return RunResult.read(folder.resolve(name).resolve("result.json"));
  }

  private void assertSame() {
    assertThat(folder.resolve("there/network.npz"))
        .hasSameBinaryContentAs(folder.resolve("here/network.npz"));
  }

  /** Four parts on two machines: two of them side by side in one program. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2 | local-cluster[2,1,1024]", "4 | local-cluster[2,2,1024]"})
  void machinesGiveTheSameBytesAsThisProgram(int parts, String cluster) throws IOException {
    options.addAll(List.of("--parts=" + parts, "--iterations=200"));
    RunResult here = run("here");
    out.getBuffer().setLength(0);
    RunResult there = run("there", "--on=" + cluster);
    assertSame();
    assertThat(there.pruned().last()).isEqualTo(here.pruned().last());
    Exchange exchange = Objects.requireNonNull(there.pruned().exchange());
    assertThat(exchange.on()).isEqualTo(cluster);
    assertThat(exchange.bytes()).isEqualTo(24 + 4L * there.kappa());
    assertThat(exchange.steps()).isBetween(100L, 199L);
    assertThat(out.toString())
        .contains(parts + " parts on " + cluster + ": each sent and received 21.4 kB a step");
  }

  /** Spark starts the stage anew, which goes on with the step that was being computed. */
  @Test
  void aMachineThatIsKilledChangesNoBit() throws Exception {
    options.addAll(List.of("--parts=2", "--iterations=4000"));
    run("here");
    Path there = folder.resolve("there");
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () -> snip4j(words("there", "--on=local-cluster[2,1,1024]", "--checkpoint-every=200")));
    while (!code.isDone() && !Files.exists(there.resolve("checkpoint.npz"))) {
      Thread.sleep(20);
    }
    List<ProcessHandle> machines =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("java"))
            .toList();
    assertThat(machines).hasSize(2);
    machines.get(1).destroyForcibly();
    assertThat(code.get()).as(err.toString()).isZero();
    assertSame();
    RunResult result = RunResult.read(there.resolve("result.json"));
    assertThat(Objects.requireNonNull(result.pruned().exchange()).restarts()).isEqualTo(1);
  }

  @Test
  void moreWorkThanCoresIsRefused() {
    options.addAll(List.of("--parts=3", "--iterations=20"));
    System.setProperty("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "3");
    try {
      assertThat(mistake(words("there", "--on=local-cluster[2,1,1024]")))
          .isEqualTo(
              "snip4j: --on local-cluster[2,1,1024]: the cluster has fewer cores than parts: expected"
                  + " a core, or the cores of spark.task.cpus, for each part of --parts");
    } finally {
      System.clearProperty("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures");
    }
  }

  @Test
  void aMasterThatIsNoneIsOneSentence() {
    options.addAll(List.of("--parts=2", "--iterations=20"));
    assertThat(mistake(words("there", "--on=nowhere")))
        .isEqualTo(
            "snip4j: --on nowhere: expected a master of Spark, as in spark://host:7077 or"
                + " local-cluster[2,1,1024]");
  }
}
