package io.github.snip4j.bench.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.cli.SmallMnist;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.core.io.LockFile;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many runs below one root. */
class CellRunnerTest {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> found = Collections.synchronizedList(new ArrayList<>());
  private @TempDir Path folder;
  private Path root = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    root = folder.resolve("sweep");
    SmallMnist.write(folder.resolve("data"));
  }

  @Test
  void cellsOfSeveralModelsAndDataGiveTheirResultsInOrder() throws IOException {
    List<Cell> cells =
        List.of(
            cell("a", "linear", "mnist", 0.01),
            cell("b", "lenet-300-100", "fashion-mnist", 0.01),
            cell("c", "lenet-300-100", "mnist", 0.01));
    List<CellOutcome> outcomes = run(cells);
    assertThat(outcomes).extracting(CellOutcome::cell).isEqualTo(cells);
    assertThat(outcomes).extracting(CellOutcome::kind).containsOnly(CellOutcome.Kind.FINISHED);
    for (CellOutcome outcome : outcomes) {
      RunResult result = Objects.requireNonNull(outcome.result());
      assertThat(result.options()).isEqualTo(outcome.cell().options());
      Path file = root.resolve(outcome.cell().name()).resolve("result.json");
      assertThat(RunResult.read(file)).isEqualTo(result);
    }
    assertThat(found).containsExactly("mnist", "fashion-mnist");
    assertThat(events)
        .containsExactly("begins 1", "ended 1", "begins 2", "ended 2", "begins 3", "ended 3");
  }

  @Test
  void whatIsFinishedIsNotRunAgain() throws IOException {
    List<Cell> cells =
        List.of(cell("a", "linear", "mnist", 0.01), cell("b", "linear", "mnist", 0.02));
    run(cells.subList(1, 2));
    events.clear();
    List<CellOutcome> outcomes = run(cells);
    assertThat(events).containsExactly("begins 1", "ended 1", "ended 2");
    assertThat(outcomes)
        .extracting(CellOutcome::kind)
        .containsExactly(CellOutcome.Kind.FINISHED, CellOutcome.Kind.FINISHED_BEFORE);
  }

  @Test
  void aCellThatDivergesFailsAndTheOthersRun() throws IOException {
    List<CellOutcome> outcomes =
        run(List.of(cell("a", "linear", "mnist", 1e30), cell("b", "linear", "mnist", 0.01)));
    assertThat(outcomes.get(0).kind()).isEqualTo(CellOutcome.Kind.FAILED);
    assertThat(outcomes.get(0).result()).isNull();
    assertThat(outcomes.get(0).failure()).startsWith("training diverged");
    assertThat(outcomes.get(1).kind()).isEqualTo(CellOutcome.Kind.FINISHED);
  }

  @Test
  void aCellThatAnotherProcessRunsIsLeftToItAndLookedAtAgainAtTheEnd() throws IOException {
    Path own = Files.createDirectories(root.resolve("a"));
    List<CellOutcome> outcomes;
    try (LockFile other = RunFolder.lock(own)) {
      outcomes =
          run(List.of(cell("a", "linear", "mnist", 0.01), cell("b", "linear", "mnist", 0.01)));
      assertThat(other.isThere()).isTrue();
    }
    assertThat(events).containsExactly("begins 2", "ended 2", "ended 1");
    assertThat(outcomes)
        .extracting(CellOutcome::kind)
        .containsExactly(CellOutcome.Kind.HELD, CellOutcome.Kind.FINISHED);
    assertThat(outcomes.get(0).failure())
        .isEqualTo(
            "this process is writing its results here: wait until it ends, or choose another"
                + " folder");
    assertThat(own.resolve("result.json")).doesNotExist();
  }

  @Test
  void aFolderWithOtherOptionsIsRefusedBeforeAnythingIsRun() throws IOException {
    run(List.of(cell("b", "linear", "mnist", 0.01)));
    events.clear();
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(
            () ->
                run(
                    List.of(
                        cell("a", "linear", "mnist", 0.01), cell("b", "linear", "mnist", 0.02))))
        .withMessage(root.resolve("b") + " holds a run with other options: choose another out");
    assertThat(events).isEmpty();
    assertThat(root.resolve("a")).doesNotExist();
  }

  @Test
  void cellsSideBySideGiveTheirOutcomesInTheirOrder() throws IOException {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cells.add(cell("c" + i, "linear", "mnist", i == 2 ? 1e30 : 0.01 + i));
    }
    List<CellOutcome> outcomes = run(cells, 3);
    assertThat(outcomes).extracting(CellOutcome::cell).isEqualTo(cells);
    assertThat(outcomes.get(2).kind()).isEqualTo(CellOutcome.Kind.FAILED);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.kind() == CellOutcome.Kind.FINISHED)
        .hasSize(5);
    assertThat(found).containsExactly("mnist");
    assertThat(events).hasSize(12);
  }

  @Test
  void oneThatCannotBeRunEndsTheOthersAtAStep() throws IOException {
    Cell first = cell("a", "linear", "mnist", 0.01);
    JsonObject endless = JsonParser.parseString(Json.write(first.options())).getAsJsonObject();
    endless.addProperty("iterations", 1_000_000_000);
    Cell second = new Cell("b", Json.read(endless, RunOptions.class));
    List<Cell> cells = List.of(first, second, cell("c", "linear", "mnist", 0.01));
    CountDownLatch stepped = new CountDownLatch(1);
    CellListener thirdFails =
        new CellListener() {
          @Override
          public RunListener begins(int number, Cell cell) {
            if (number == 3) {
              await(stepped);
              throw new IllegalStateException("the third");
            }
            return new RunListener() {
              @Override
              public void afterStep(Step step) {
                if (number == 2) {
                  stepped.countDown();
                }
              }
            };
          }

          @Override
          public void ended(int number, CellOutcome outcome) {
            events.add("ended " + number);
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(
            () -> new CellRunner(root, new ByName(), 0, run -> {}).run(cells, 2, thirdFails))
        .withMessage("the third");
    assertThat(events).containsExactly("ended 1");
    assertThat(root.resolve("b/result.json")).doesNotExist();
    RunFolder.open(root.resolve("b")).close(); // nobody holds it any more
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesLeadBelowTheRootAndAreGivenOnce() throws IOException {
    RunOptions options = cell("a", "linear", "mnist", 0.01).options();
    for (String name : List.of("", " ", "..", "../a", "a/../b", "/a")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> new Cell(name, options))
          .withMessageStartingWith("cell '" + name + "': expected");
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> run(List.of(new Cell("a", options), new Cell("a", options))))
        .withMessage("two cells are called a");
  }

  private List<CellOutcome> run(List<Cell> cells) throws IOException {
    return run(cells, 1);
  }

  private List<CellOutcome> run(List<Cell> cells, int jobs) throws IOException {
    return new CellRunner(root, new ByName(), 0, run -> {}).run(cells, jobs, new Recorder());
  }

  /** A run of two steps. */
  private Cell cell(String name, String model, String data, double rate) throws IOException {
    JsonObject options = recorded();
    options.addProperty("model", model);
    options.addProperty("lr", rate);
    options.addProperty("iterations", 2);
    options.getAsJsonObject("data").addProperty("name", data);
    options.getAsJsonObject("data").addProperty("dir", folder.resolve("data").toString());
    return new Cell(name, Json.read(options, RunOptions.class));
  }

  private static JsonObject recorded() throws IOException {
    try (InputStream in = RunFolder.class.getResourceAsStream("schema-1/result.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      RunOptions options = Json.read(text, RunResult.class, RunResult.SCHEMA).options();
      return JsonParser.parseString(Json.write(options)).getAsJsonObject();
    }
  }

  private final class ByName implements CellSources {
    @Override
    public Data data(DataSpec spec) {
      found.add(spec.name());
      return Data.all().stream()
          .filter(data -> data.name().equals(spec.name()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public Model model(RunOptions options, Data data) {
      return Objects.requireNonNull(Models.named(options.model()));
    }
  }

  private final class Recorder implements CellListener {
    @Override
    public RunListener begins(int number, Cell cell) {
      events.add("begins " + number);
      return new RunListener() {};
    }

    @Override
    public void ended(int number, CellOutcome outcome) {
      events.add("ended " + number);
    }
  }
}
