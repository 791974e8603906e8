package io.github.snip4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.cli.SmallMnist;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.FinishedRun;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in runs is told to one listener, in the order in which it happens. */
class RunListenerTest {
  private final List<String> events = new ArrayList<>();
  private @TempDir Path folder;

  @Test
  void oneRunIsToldFromItsDataToItsResult() throws IOException {
    compare("lr", 0.01);
    assertThat(events)
        .containsExactly(
            "begins 1",
            "data 45",
            "pruned 785",
            "training pruned from 0",
            "step 1",
            "step 2",
            "ends",
            "training dense from 0",
            "step 1",
            "step 2",
            "ends",
            "page of the run",
            "finished",
            "done 1",
            "page of the comparison");
  }

  @Test
  void aRunThatAnEarlierProgramFinishedIsDoneAtOnce() throws IOException {
    compare("lr", 0.01);
    events.clear();
    compare("lr", 0.01);
    assertThat(events).containsExactly("done 1 before", "page of the comparison");
  }

  @Test
  void aTrainingThatDivergesEndsToo() throws IOException {
    compare("lr", 1e30);
    assertThat(events)
        .startsWith("begins 1", "data 45", "pruned 785", "training pruned from 0")
        .endsWith("ends", "failed 1: training diverged", "page of the comparison")
        .doesNotContain("finished", "done 1");
  }

  /** Compares one run, that of a recorded result with another value. */
  private void compare(String option, double value) throws IOException {
    Path data = folder.resolve("data");
    JsonObject options = recorded();
    options.addProperty(option, value);
    options.addProperty("iterations", 2);
    options.addProperty("withDense", true);
    options.getAsJsonObject("data").addProperty("dir", data.toString());
    if (!Files.exists(data)) {
      SmallMnist.write(data);
    }
    new ComparisonRunner(
            Objects.requireNonNull(Models.named("linear")),
            Data.MNIST,
            folder.resolve("runs"),
            0,
            new Pages())
        .run(List.of(Json.read(options, RunOptions.class)), new Recorder());
  }

  private static JsonObject recorded() throws IOException {
    try (InputStream in = RunFolder.class.getResourceAsStream("schema-1/result.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      RunOptions options = Json.read(text, RunResult.class, RunResult.SCHEMA).options();
      return JsonParser.parseString(Json.write(options)).getAsJsonObject();
    }
  }

  private final class Pages implements ComparisonReports {
    @Override
    public void write(FinishedRun run) {
      events.add("page of the run");
    }

    @Override
    public void write(Comparison comparison, RunFolder root) {
      events.add("page of the comparison");
    }
  }

  private final class Recorder implements RunListener {
    @Override
    public void begins(int number, RunOptions options) {
      events.add("begins " + number);
    }

    @Override
    public void data(RunOptions options, Splits splits, boolean published) {
      events.add("data " + splits.train().size());
    }

    @Override
    public void pruned(RunOptions options, Pruning pruning) {
      events.add("pruned " + pruning.masks().kept());
    }

    @Override
    public void trainingBegins(String what, long steps, long done) {
      events.add("training " + what + " from " + done);
    }

    @Override
    public void afterStep(Step step) {
      events.add("step " + step.number());
    }

    @Override
    public void trainingEnds() {
      events.add("ends");
    }

    @Override
    public void noPage(Path page, Throwable why) {
      throw new AssertionError(why);
    }

    @Override
    public void finished(RunResult result, RunFolder own) {
      events.add("finished");
    }

    @Override
    public void done(int number, RunResult result, boolean before) {
      events.add("done " + number + (before ? " before" : ""));
    }

    @Override
    public void failed(int number, RunOptions options, String why) {
      events.add("failed " + number + ": " + why.substring(0, why.indexOf(':')));
    }
  }
}
