package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Pruning;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.bench.scoring.remote.RemoteSums;
import io.github.snip4j.bench.scoring.remote.ScoringCluster;
import io.github.snip4j.bench.scoring.remote.ScoringRound;
import io.github.snip4j.bench.scoring.remote.ScoringStart;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scorings of many batches by exact sums, in any number of parts, here and elsewhere. */
class SummedScoringTest extends CommandTestBase {
  private final List<String> options = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    options.add("--data-dir=" + SmallMnist.write(folder.resolve("data")));
    options.add("--sparsity=0.95");
  }

  private Path pruned(String... more) {
    Path file = folder.resolve("masks" + String.join("", more).replace('/', '-') + ".npz");
    List<String> words = new ArrayList<>(options);
    words.add(0, "prune");
    words.addAll(List.of(more));
    words.add("--out=" + file);
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
    return file;
  }

  /** What travels is written and read; the last part arrives first. */
  private record Backwards(CellSources sources) implements ScoringCluster.Machines {
    @Override
    public void run(ScoringRound round, Consumer<ScoringRound.End> arrived) throws IOException {
      for (int part = round.parts() - 1; part >= 0; part--) {
        arrived.accept(sent(sent(round).compute(part, sources)));
      }
    }

    @SuppressWarnings("unchecked")
    private static <T> T sent(T given) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(given);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (T) in.readObject();
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {}
  }

  private Path elsewhere(CellSources sources, String... more) throws IOException {
    List<String> words = new ArrayList<>(options);
    words.addAll(List.of(more));
    RunOptions run = RunCommand.parsed(words);
    Data data = new NamedSources().data(run.data());
    Pictures pictures = data.read(run.data());
    RunSeeds draws = new RunSeeds(run);
    Splits splits = draws.splits(pictures, run.data());
    Network network = draws.network(data.on(NamedModel.of(run.model()), null));
    ScoringStart start =
        new ScoringStart(
            run.data(),
            pictures.sha256(),
            run.seed(),
            run.draw(),
            run.biases(),
            run.scoring(),
            run.sensitivityBatch());
    Path file = folder.resolve("elsewhere.npz");
    try (RemoteSums sums = new RemoteSums(new Backwards(sources), start, 3)) {
      Pruning.of(
              network,
              draws.sensitivityBatches(
                  splits, run.sensitivityBatch(), run.scoring().batches(), run.data()),
              run.sparsity(),
              run.biases(),
              run.scoring(),
              draws.pruning(),
              sums)
          .write(file);
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snip",
        "force --rounds=3",
        "iterative-snip --rounds=2 --biases=excluded --exclude=fc2",
        "skeleton",
        "grasp",
        "obd",
        "snip --scoring-batch-norm=train"
      })
  void anyNumberOfPartsAnywhereGivesTheSameBytes(String criterion) throws IOException {
    options.add("--model=" + (criterion.contains("norm") ? "resnet-8" : "mlp:784-20-10"));
    options.addAll(List.of(("--criterion=" + criterion).split(" ")));
    options.addAll(List.of("--sensitivity-batch=9", "--sensitivity-batches=7"));
    Path one = pruned("--sensitivity-parts=1");
    assertThat(pruned("--sensitivity-parts=7")).hasSameBinaryContentAs(one);
    assertThat(elsewhere(new NamedSources(), "--sensitivity-parts=3")).hasSameBinaryContentAs(one);
  }

  /** 45 examples in batches of 10, the last of which has 5: the mean over all of them. */
  @Test
  void allIsEachTrainingExampleOnce() throws IOException {
    Npz parts =
        Npz.read(
            pruned("--sensitivity-batches=all", "--sensitivity-batch=10", "--sensitivity-parts=4"));
    Npz whole = Npz.read(pruned("--sensitivity-batches=all", "--sensitivity-batch=45"));
    Npz rounded = Npz.read(pruned("--sensitivity-batches=all", "--sensitivity-batch=10"));
    Tensor mean = parts.floats("sensitivity.fc1.weight");
    Tensor one = whole.floats("sensitivity.fc1.weight");
    Tensor sum = rounded.floats("sensitivity.fc1.weight"); // relative to the first batch
    float largest = 0;
    float difference = 0;
    for (int i = 0; i < mean.size(); i++) {
      largest = Math.max(largest, one.at(i));
      difference = Math.max(difference, Math.abs(mean.at(i) - one.at(i)));
      difference = Math.max(difference, Math.abs(sum.at(i) / 4.5f - one.at(i)));
    }
    assertThat(difference).isLessThan(1e-7f);
    assertThat(largest).isGreaterThan(1e-4f);
  }

  @Test
  void aRunRecordsItAndIsRepeated() throws IOException {
    options.addAll(List.of("--model=linear", "--iterations=4", "--lr=0.01", "--batch=20"));
    options.addAll(List.of("--sensitivity-batches=all", "--sensitivity-batch=10"));
    Path first = folder.resolve("first");
    List<String> words = new ArrayList<>(options);
    words.add(0, "run");
    words.addAll(List.of("--sensitivity-parts=2", "--out=" + first));
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("connection sensitivity on all training examples in");
    RunResult result = RunResult.read(first.resolve("result.json"));
    assertThat(result.options().scoring().sensitivityParts()).isEqualTo(2);
    assertThat(result.method().criterion())
        .isEqualTo("connection sensitivity, all training examples, exact sum, evaluation mode");
    assertThat(snip4j("run", "--like=" + first, "--out=" + folder.resolve("again"))).isZero();
    assertThat(out.toString()).contains("network.npz has the same bytes as that of the first run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sensitivity-batches=few | 'few' is neither a whole number nor all",
        "--sensitivity-batches=all --sensitivity-from=balanced | --sensitivity-batches all: every training example is scored on: expected no --sensitivity-from",
        "--sensitivity-parts=0 | --sensitivity-parts 0: expected 1 or more",
        "--sensitivity-parts=2 | --sensitivity-parts 2: expected at most 1, the number of --sensitivity-batches",
        "--sensitivity-batches=2 --sensitivity-parts=2 --moving-average=0.9 | --sensitivity-parts 2: a moving average depends on the order of the batches: expected no --moving-average",
        "--on=x | --on x: each task computes a part of the batches: expected --sensitivity-parts",
        "--on=x --sensitivity-parts=1 --criterion=random | --on x: --criterion random looks at no data: expected no --on",
        "--on=x --sensitivity-parts=1 --sensitivity-batch=9 | --on x: Spark is not built in: build it with 'mvn -q -Pspark -DskipTests package' in the clone, and start ./snip4j again",
      })
  void whatDoesNotGoTogetherIsRefused(String words, String sentence) {
    List<String> all = new ArrayList<>(List.of("prune", "--out=" + folder.resolve("x.npz")));
    all.addAll(options);
    all.addAll(List.of(words.split(" ")));
    assertThat(mistake(all.toArray(String[]::new))).startsWith("snip4j: ").contains(sentence);
  }

  @Test
  void otherDataOnAMachineAreRefused() throws IOException {
    Path other = SmallMnist.write(Files.createDirectory(folder.resolve("other")).resolve("data"));
    byte[] labels = Files.readAllBytes(other.resolve("train-labels-idx1-ubyte"));
    labels[30] = 3;
    Files.write(other.resolve("train-labels-idx1-ubyte"), labels);
    options.addAll(List.of("--sensitivity-batches=3", "--sensitivity-batch=9"));
    RunOptions run = RunCommand.parsed(options);
    Data data = new NamedSources().data(run.data());
    Data changed = data.holding(data.read(run.data().at(other.toString())));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                elsewhere(
                    CellSources.of(NamedModel.of("lenet-300-100"), changed),
                    "--sensitivity-parts=3"))
        .withMessage(
            "part 3: the mnist of this machine is not that of the program which scores: a picture, a"
                + " label or the name of a class differs");
  }
}
