package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.nn.NetworkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods of table 1 run from the command line, and leave a network like any other. */
class MethodCommandTest extends CommandTestBase {
  private static final String MODEL = "--model=mlp:784-12-10";

  @ParameterizedTest
  @CsvSource({
    "lwc, --sparsity=0.5, learning weights and connections",
    "lc, --sparsity=0.9, learning-compression",
    "obd, --sparsity=0.8, optimal brain damage",
    "dns, , dynamic network surgery",
    "l-obs, --sparsity=0.7, layer-wise optimal brain surgeon"
  })
  void aMethodPrunesATrainedNetwork(String method, String sparsity, String words)
      throws IOException {
    List<String> more = new ArrayList<>(List.of("--pretrain=12", "--method=" + method));
    if (sparsity != null) {
      more.add(sparsity);
    }
    Path first = run("first", more);
    RunResult result = RunResult.read(first.resolve("result.json"));
    assertThat(result.dense()).isNotNull();
    assertThat(result.kappa()).isBetween(1, result.m() - 1);
    if (sparsity != null) {
      double share = Double.parseDouble(sparsity.substring(11));
      assertThat(result.kappa()).isEqualTo((int) Math.round(result.m() * (1 - share)));
    }
    assertThat(result.method().criterion()).isEqualTo(words);
    assertThat(NetworkFile.read(first.resolve("network.npz")).network().connections())
        .isEqualTo(result.m());
    assertThat(Files.readString(first.resolve("report.html"))).contains("pruned by " + words);
    assertThat(out.toString()).contains("pruned by " + words);
    Path second = run("second", more);
    assertThat(Files.readAllBytes(second.resolve("network.npz")))
        .isEqualTo(Files.readAllBytes(first.resolve("network.npz")));
  }

  @Test
  void variationalDropoutBeginsWithADrawnNetwork() throws IOException {
    Path folder = run("vd", List.of("--method=vd"));
    RunResult result = RunResult.read(folder.resolve("result.json"));
    assertThat(result.dense()).isNull();
    assertThat(result.kappa()).isBetween(1, result.m());
    assertThat(result.levels()).hasSize(2);
    assertThat(result.levels().get(1).kept()).isEqualTo(result.kappa());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method=lwc | --method: the network is not trained before: expected --pretrain STEPS or --weights too",
        "--method=lwc --pretrain=5 --rounds=3 | --method lwc: the method has rounds of its own: expected no --rounds",
        "--method=lc --pretrain=5 --retrain=3 | --method lc: the method prunes and trains as it was published: expected no --retrain",
        "--method=obd --pretrain=5 --criterion=grasp | --method obd: the method says itself what goes: expected no --criterion",
        "--method=vd --sparsity=0.9 | --method vd: the method finds out itself how much goes: expected no --sparsity",
        "--method=lwc --pretrain=5 --dynamic=set | --method: its connections go one after the other, and cannot move too: expected no --dynamic",
        "--method=vd --method-length=0 | --method-length 0.0: expected above 0, at most 1000",
        "--method-length=2 | --method-length: there is no method whose epochs these are: expected --method NAME too",
        "--method=nobody | Invalid value for option '--method': 'nobody': there is snip, lwc, dns, lc, sws, vd, obd, l-obs (see: snip4j run --help)",
      })
  void whatDoesNotGoWithAMethodIsRefused(String words, String sentence) throws IOException {
    List<String> all = new ArrayList<>(List.of("run", MODEL, "--data-dir=" + data()));
    all.addAll(Arrays.asList(words.split(" ")));
    all.add("--sensitivity-batch=20");
    all.add("--batch=20");
    all.add("--out=" + folder.resolve("no"));
    assertThat(mistake(all.toArray(String[]::new))).isEqualTo("snip4j: " + sentence);
    assertThat(folder.resolve("no/result.json")).doesNotExist();
  }

  @Test
  void criteriaAreComparedAndMethodsAreNot() {
    assertThat(mistake("compare", MODEL, "--method=vd", "--list", "--out=" + folder.resolve("no")))
        .isEqualTo(
            "snip4j: --method: criteria are compared here: 'snip4j reproduce table-1' compares"
                + " methods, and 'run' runs one");
  }

  private Path run(String name, List<String> more) throws IOException {
    Path out = folder.resolve(name);
    List<String> all = new ArrayList<>(List.of("run", MODEL, "--data-dir=" + data()));
    all.addAll(List.of("--batch=20", "--sensitivity-batch=20", "--method-length=0.1"));
    all.addAll(more);
    all.add("--out=" + out);
    assertThat(snip4j(all.toArray(String[]::new))).as(err.toString()).isZero();
    return out;
  }

  private Path data() throws IOException {
    Path data = folder.resolve("data");
    return Files.exists(data) ? data : SmallMnist.write(data);
  }
}
