package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Made-up results come out as tables and as a page. */
class SummaryTest {
  private static final List<Job> EVERY =
      Stream.of(
              Plan.jobs(),
              Plan.kernels(),
              Plan.products(),
              Plan.networks(),
              Plan.predictors(),
              Plan.runs())
          .flatMap(List::stream)
          .toList();

  private final Summary summary = Figured.summary();

  @Test
  void everyJobIsABenchmarkWithTheseParameters() {
    Set<BenchmarkListEntry> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of());
    for (Job job : EVERY) {
      if (job.benchmark().startsWith("Peer") || job.isOfRun()) {
        continue; // in a build of its own, or a command
      }
      assertThat(all)
          .as(job.toString())
          .anySatisfy(
              entry -> {
                assertThat(entry.getUsername()).endsWith("." + job.benchmark());
                assertThat(entry.getParams().orElse(Map.of()).keySet())
                    .isEqualTo(job.parameters().keySet());
              });
    }
  }

  @Test
  void noJobIsDoneTwiceAndEachIsMeasuredWithItsBaseline() {
    for (List<Job> plan :
        List.of(
            Plan.jobs(),
            Plan.kernels(),
            Plan.products(),
            Plan.networks(),
            Plan.predictors(),
            Plan.runs())) {
      assertThat(new HashSet<>(plan)).hasSameSizeAs(plan);
    }
    List<Job> jobs = Plan.jobs();
    assertThat(jobs)
        .filteredOn(job -> job.start() == Start.ONE_THREAD)
        .filteredOn(job -> !job.benchmark().endsWith("sampled")) // compared with multiply
        .allSatisfy(job -> job.baseline().ifPresent(base -> assertThat(jobs).contains(base)));
  }

  @Test
  void targetsAreTheRatiosWithinTheRun() {
    assertThat(target("Dense product against jblas as it comes").cases().get(0).value())
        .isCloseTo(90.0 / 33, within(1e-9));
    assertThat(target("Dense product, two threads against one").cases().get(3).value())
        .isCloseTo(1.9, within(1e-9));
    assertThat(target("Sparse product at 98 % against the dense one").cases().get(0).value())
        .isCloseTo(35.0 / 80 / 0.02, within(1e-9));
    assertThat(target("Plain Java").verdict()).isEqualTo(Target.Verdict.MISSED);
    assertThat(target("Plain Java").worst().orElseThrow().value()).isCloseTo(6.6, within(1e-9));
    assertThat(target("Dense product against OpenBLAS").verdict())
        .isEqualTo(Target.Verdict.NOT_MEASURED);
    assertThat(target("One example, sparse").verdict()).isEqualTo(Target.Verdict.MISSED);
    assertThat(target("One example, dense").worst().orElseThrow().value())
        .isCloseTo(12.34, within(1e-9));
    assertThat(target("Training step: bytes").worst().orElseThrow().value())
        .isCloseTo(100 * 2_500 / 324_000.0, within(1e-9));
  }

  @Test
  void aRunIsHeldAgainstTheStepByItself() {
    Job step = Job.training(RunTargets.DEFAULT, "sparse", Start.TWO_THREADS);
    Figures figures =
        new Figures(
            List.of(
                Figured.figure(step, 1 / 64e3, 50),
                Figured.figure(RunTargets.SPARSE_STEP, 1 / 96e3, Double.NaN),
                Figured.figure(RunTargets.DEFAULT_RUN, 1 / 4.4e9, Double.NaN)));
    List<Target> targets = RunTargets.of(figures);
    assertThat(targets.get(0).cases().get(0).value()).isCloseTo(1.5, within(1e-9));
    assertThat(targets.get(0).cases().get(0).spread()).isCloseTo(0.06, within(1e-9));
    assertThat(targets.get(1).verdict()).isEqualTo(Target.Verdict.MET);
    assertThat(targets.get(1).text(targets.get(1).cases().get(0).value())).isEqualTo("4.40 s");
    assertThat(targets.get(3).verdict()).isEqualTo(Target.Verdict.NOT_MEASURED);
  }

  private Target target(String start) {
    return summary.targets().stream()
        .filter(target -> target.what().startsWith(start))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theMarkdownTablesAreWellFormed() {
    String markdown = summary.markdown();
    assertThat(markdown)
        .contains("Test & <Proof> processor, 2 cores", "2026-01-02, 8 min 20 s")
        .contains("| at most 3.00x | 6.60x | 256x256x256 | 0 of 3 | NOT met |")
        .contains(
            "| One example, sparse, one thread: time of a predictor | at most 5.00 µs | 12.34 µs ±7 % |")
        .contains(
            "| lenet-300-100-98-1 | CSR loop by hand, sparse | 12.3 ±7 % | 45.6 | 12.3 ±7 % | 45.6 |")
        .contains("Not measured: PeerGemmBenchmark.multiply: is not in this build");
    int columns = 0;
    for (String line : markdown.lines().toList()) {
      if (!line.startsWith("|")) {
        columns = 0;
        continue;
      }
      int here = line.split("(?<!\\\\)\\|", -1).length;
      assertThat(columns == 0 || columns == here).as(line).isTrue();
      columns = here;
    }
  }

  @Test
  void aProductIsHeldAgainstTheFastestOfTheOthers() {
    LayerProduct product = new LayerProduct(LayerProduct.Work.WEIGHT_GRADIENT, "300x784", 100);
    assertThat(product.ours().parameters()).containsEntry("shape", "300x784x100-nt");
    Figures figures =
        new Figures(
            List.of(
                Figured.figure(product.ours(), 1e-5, 50),
                Figured.figure(product.peer("MKL"), 0.5e-5, 25),
                Figured.figure(product.peer("PyTorch"), 0.8e-5, 40)));
    assertThat(ProductTable.of(figures).rows())
        .containsExactly(
            List.of(
                "gradient by the weights",
                "300x784",
                "100",
                "100 ±3 %",
                "200 ±3 %",
                "-",
                "125 ±3 %",
                "0.80x"));
    assertThat(product.timeOverPeers(figures)).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void eachCsvLineHasEightFields() {
    Pattern field = Pattern.compile("(\"([^\"]|\"\")*\"|[^,\"\n]*)(,|$)");
    List<String> lines = summary.csv().lines().toList();
    assertThat(lines).hasSizeGreaterThan(Plan.jobs().size());
    assertThat(lines)
        .allSatisfy(
            line -> {
              String rest = line + ",";
              int fields =
                  (int) field.matcher(rest).results().filter(m -> !m.group().isEmpty()).count();
              assertThat(fields).isEqualTo(8);
            });
  }

  @Test
  void thePageNeedsNothingElseAndSaysWhatTheTablesSay() {
    String page = SummaryPage.of(summary);
    assertThat(page)
        .doesNotContainPattern("(src|href)\\s*=")
        .doesNotContainPattern("@import|url\\(")
        .doesNotContain("{{", "NaN", "Infinity")
        .contains("Test &amp; &lt;Proof&gt; processor")
        .contains("The MIT License")
        .contains("<td class=\"verdict missed\">NOT met</td>")
        .contains("{\"sparsity\":98.0,\"speedUp\":21.87")
        .contains("<td class=\"number\">21.87x</td>");
    for (String tag : List.of("table", "tr", "td", "th", "script", "style", "ul", "li")) {
      assertThat(Pattern.compile("<" + tag + "[ >]").matcher(page).results().count())
          .as(tag)
          .isPositive()
          .isEqualTo(Pattern.compile("</" + tag + ">").matcher(page).results().count());
    }
  }

  @Test
  void allThreeFilesAreWritten(@TempDir Path folder) throws IOException {
    summary.write(folder);
    summary.writePage(folder);
    assertThat(folder.resolve("summary.md")).hasContent(summary.markdown());
    assertThat(folder.resolve("summary.csv")).hasContent(summary.csv());
    assertThat(Files.readString(folder.resolve("summary.html"))).startsWith("<!DOCTYPE html>");
  }

  @Test
  void aSummaryOfLittleHasAPageToo() {
    Figure one = Figured.figure(Job.sparse("multiply", "300x784", "95"), 1e-3, 30);
    Summary little =
        new Summary(summary.place(), new Figures(List.of(one)), List.of(), summary.took());
    assertThat(SummaryPage.of(little))
        .contains("<script type=\"application/json\" id=\"curves\">[]");
    assertThat(little.markdown()).contains("not measured");
  }
}
