package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code bench} says; measuring is left to people. */
class BenchCommandTest extends CommandTestBase {
  @Test
  void aSummaryOfNothingIsAMistake() {
    assertThat(mistake("bench", "--summary", "Gemmm", "--out=" + folder.resolve("s")))
        .isEqualTo(
            "snip4j: bench --summary: Gemmm: nothing is called so, as GemmBenchmark.multiply is");
    assertThat(folder.resolve("s")).doesNotExist();
    assertThat(mistake("bench", "--summary", "(")).contains("(: Unclosed group: expected a REGEX");
  }

  @Test
  void aSummaryTakesNoOptionsOfJmh() {
    assertThat(mistake("bench", "--summary", "Gemm", "-f"))
        .startsWith("snip4j: bench --summary: -f: expected at most one REGEX");
  }

  @Test
  void outGoesWithTheSummary() {
    assertThat(mistake("bench", "--scaling", "lenet-5-caffe"))
        .isEqualTo(
            "snip4j: bench --scaling: workload lenet-5-caffe: expected network-sparsity-batch, as in"
                + " vgg-like-97-32");
    assertThat(mistake("bench", "Gemm", "--out=x"))
        .startsWith("snip4j: bench: --out goes with --summary");
  }

  @Test
  void theNumberOfJavasGoesWithTheSummary() {
    assertThat(mistake("bench", "Gemm", "--javas=3"))
        .isEqualTo("snip4j: bench: --javas goes with --summary; JMH's own option is -f");
    assertThat(mistake("bench", "--summary", "Gemm", "--javas=0", "--out=" + folder.resolve("s")))
        .isEqualTo("snip4j: bench --summary: --javas 0: expected a number from 1 to 100");
    assertThat(folder.resolve("s")).doesNotExist();
  }

  @Test
  void aBenchmarkThatIsNotThereIsAMistake() {
    assertThat(mistake("bench", "NoSuchThing"))
        .isEqualTo("snip4j: bench: no benchmark is called so: 'bench -l' lists them");
  }
}
