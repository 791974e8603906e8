package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.cell.ClusterException;
import io.github.snip4j.bench.cli.option.NamedModel;
import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.parts.PartCluster;
import io.github.snip4j.bench.parts.RemoteParts;
import io.github.snip4j.bench.result.Exchange;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.ResumableRun;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.run.RunListener;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches that are cut into parts, here and on machines, which are threads in this test. */
class PartsTest extends CommandTestBase {
  private final List<String> options = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    options.add("--data-dir=" + SmallMnist.write(folder.resolve("data")));
    options.addAll(SmallMnist.OPTIONS);
  }

  private Path here(String... more) {
    options.addAll(List.of(more));
    List<String> words = new ArrayList<>(options);
    words.add(0, "run");
    Path out = folder.resolve("here");
    words.add("--out=" + out);
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
    return out;
  }

  private RunResult there(PartCluster cluster, RunListener listener) throws IOException {
    RunOptions run = RunCommand.parsed(options);
    Model model = NamedModel.of(run.model());
    Data data = new NamedSources().data(run.data());
    try (RunFolder own = RunFolder.open(folder.resolve("there"));
        RemoteParts workers = new RemoteParts("threads", run.parts(), cluster, 0)) {
      return Experiment.run(model, data, run, 0, own, finished -> {}, listener, workers);
    }
  }

  private void assertSame(Path here) {
    assertThat(folder.resolve("there/network.npz"))
        .hasSameBinaryContentAs(here.resolve("network.npz"));
  }

  /** Of an epoch of 45 examples the last batch has 5, fewer than parts; and with batch norms. */
  @ParameterizedTest
  @CsvSource({"lenet-300-100, 2", "lenet-300-100, 7", "resnet-8, 3"})
  void machinesGiveTheSameBytesAsThisProgram(String model, int parts) throws IOException {
    Path here = here("--model=" + model, "--parts=" + parts, "--iterations=8");
    RunResult there = there(new ThreadCluster(), new RunListener() {});
    assertSame(here);
    Exchange exchange = Objects.requireNonNull(there.pruned().exchange());
    assertThat(exchange.on()).isEqualTo("threads");
    assertThat(exchange.steps()).isBetween(0L, 7L);
    assertThat(exchange.restarts()).isZero();
    assertThat(exchange.slowestMillis()).isGreaterThanOrEqualTo(exchange.meanMillis());
    assertThat(exchange.stepMillis()).isGreaterThanOrEqualTo(exchange.slowestMillis());
    assertThat(exchange.startSeconds()).isPositive();
    RunResult before = RunResult.read(here.resolve("result.json"));
    assertThat(before.pruned().exchange()).isNull();
    assertThat(there.pruned().last()).isEqualTo(before.pruned().last());
    assertThat(there.options().parts()).isEqualTo(parts);
  }

  @Test
  void whatTravelsIsTheGradientOfWhatIsKept() throws IOException {
    here("--model=lenet-300-100", "--parts=2", "--iterations=3", "--sparsity=0.98");
    RunResult there = there(new ThreadCluster(), new RunListener() {});
    assertThat(Objects.requireNonNull(there.pruned().exchange()).bytes())
        .isEqualTo(24 + 4L * there.kappa());
  }

  /** Each is a training of its own, on machines that stay. */
  @ParameterizedTest
  @CsvSource({"--with-dense --iterations=5", "--pretrain=5 --retrain=5 --rounds=2"})
  void trainingsFollowEachOther(String more) throws IOException {
    options.addAll(List.of(more.split(" ")));
    Path here = here("--model=linear", "--parts=2", "--sparsity=0.5");
    RunResult there = there(new ThreadCluster(), new RunListener() {});
    assertSame(here);
    RunResult before = RunResult.read(here.resolve("result.json"));
    assertThat(there.levels().size()).isEqualTo(before.levels().size());
    if (before.dense() != null) {
      assertThat(Objects.requireNonNull(there.dense()).last()).isEqualTo(before.dense().last());
    }
  }

  @Test
  void aMachineThatIsLostChangesNoBit() throws IOException {
    Path here = here("--model=lenet-300-100", "--parts=3", "--iterations=40");
    ThreadCluster cluster = new ThreadCluster();
    RunResult there =
        there(
            cluster,
            new RunListener() {
              @Override
              public void afterStep(Step step) {
                if (step.number() == 7 || step.number() == 23) {
                  cluster.kill((int) step.number() % 3);
                }
              }
            });
    assertSame(here);
    assertThat(cluster.attempts()).isEqualTo(2);
    assertThat(Objects.requireNonNull(there.pruned().exchange()).restarts()).isEqualTo(2);
  }

  @Test
  void aRunThatIsInterruptedGoesOnOnOtherMachines() throws IOException {
    Path here = here("--model=lenet-300-100", "--parts=2", "--iterations=20");
    RunOptions run = RunCommand.parsed(options);
    Model model = NamedModel.of(run.model());
    Data data = new NamedSources().data(run.data());
    RunListener interrupting =
        new RunListener() {
          @Override
          public void afterStep(Step step) {
            if (step.number() == 13) {
              throw new IllegalStateException("made up");
            }
          }
        };
    try (RunFolder own = RunFolder.open(folder.resolve("there"))) {
      RemoteParts first = new RemoteParts("threads", 2, new ThreadCluster(), 0);
      try (first) {
        assertThatExceptionOfType(IllegalStateException.class)
            .isThrownBy(
                () -> Experiment.run(model, data, run, 5, own, page -> {}, interrupting, first));
      }
      try (RemoteParts other = new RemoteParts("threads", 2, new ThreadCluster(), 0)) {
        ResumableRun resumed = ResumableRun.load(own, null);
        assertThat(resumed.point().step()).isEqualTo(10);
        Experiment.resume(model, data, resumed, own, page -> {}, new RunListener() {}, other);
      }
    }
    assertSame(here);
  }

  /** Whoever finds the port can say what he likes. */
  @Test
  void aStrangerAtTheDoorChangesNothing() throws IOException {
    Path here = here("--model=linear", "--parts=2", "--iterations=40");
    ThreadCluster cluster = new ThreadCluster();
    RunListener knocking =
        new RunListener() {
          @Override
          public void afterStep(Step step) {
            knock(cluster.port(), (int) step.number());
          }
        };
    RunResult there = there(cluster, knocking);
    assertSame(here);
    assertThat(cluster.attempts()).isZero();
    assertThat(Objects.requireNonNull(there.pruned().exchange()).restarts()).isZero();
  }

  /** Says something that is no greeting, or one with another secret. */
  private static void knock(int port, int words) {
    ByteBuffer said = ByteBuffer.allocate(4 + 1 + 8 + 64).order(ByteOrder.LITTLE_ENDIAN);
    said.putInt(words % 3 == 0 ? -1 : 73).put((byte) 'H').putInt(0).putInt(words);
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("localhost", port))) {
      channel.write(said.limit(words % 3 == 1 ? 9 : 77).rewind());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void otherDataOnAMachineAreRefused() throws IOException {
    options.addAll(List.of("--model=linear", "--parts=2", "--iterations=5"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Path data = SmallMnist.write(other.resolve("data"));
    byte[] labels = Files.readAllBytes(data.resolve("train-labels-idx1-ubyte"));
    labels[30] = 3;
    Files.write(data.resolve("train-labels-idx1-ubyte"), labels);
    NamedSources named = new NamedSources();
    CellSources sources =
        new CellSources() {
          @Override
          public Data data(DataSpec spec) {
            Data found = named.data(spec);
            try {
              return found.holding(found.read(data));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }

          @Override
          public Model model(RunOptions run, Data of) throws IOException {
            return named.model(run, of);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> there(new ThreadCluster(sources), new RunListener() {}))
        .withMessage(
            "part 1: the mnist of this machine is not that of the program which trains: a picture, a"
                + " label or the name of a class differs");
  }

  @Test
  void aTrainingThatDivergesThereSaysWhatItSaysHere() {
    options.remove("--lr=0.01");
    options.addAll(List.of("--model=lenet-300-100", "--parts=2", "--iterations=50", "--lr=1e30"));
    List<String> words = new ArrayList<>(options);
    words.add(0, "run");
    words.add("--out=" + folder.resolve("here"));
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isEqualTo(1);
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(() -> there(new ThreadCluster(), new RunListener() {}))
        .satisfies(e -> assertThat(err.toString().strip()).endsWith("snip4j: " + e.getMessage()));
  }

  @Test
  void aClusterThatCannotBeHadEndsTheRun() {
    options.addAll(List.of("--model=linear", "--parts=2", "--iterations=5"));
    ClusterException none = new ClusterException("Spark: none", new IOException());
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> there(ThreadCluster.failing(none), new RunListener() {}))
        .isSameAs(none);
  }

  @Test
  void aPortIsTakenOrRefused() throws IOException {
    for (int tries = 1; ; tries++) {
      int port = refusedWhileItIsTaken();
      try {
        new RemoteParts("threads", 2, new ThreadCluster(), port).close(); // which frees it
        new RemoteParts("threads", 2, new ThreadCluster(), port).close();
        return;
      } catch (OptionException e) { // the system gave it to another program in between
        assertThat(tries).as(e.getMessage()).isLessThan(20);
      }
    }
  }

  private static int refusedWhileItIsTaken() throws IOException {
    try (ServerSocketChannel other = ServerSocketChannel.open().bind(new InetSocketAddress(0))) {
      int port = other.socket().getLocalPort();
      assertThatExceptionOfType(OptionException.class)
          .isThrownBy(() -> new RemoteParts("threads", 2, new ThreadCluster(), port).close())
          .withMessageStartingWith("port " + port + ": this machine does not give it (")
          .withMessageEndingWith("): expected one on which no program listens");
      return port;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--parts=0              | --parts 0: expected 1 to 20, the number of examples per step",
        "--parts=21             | --parts 21: expected 1 to 20, the number of examples per step",
        "--parts=2 --dynamic=set | --parts 2: connections move by the gradients of whole batches: expected no --dynamic",
        "--parts=2 --method=lwc | --parts 2: the method trains as it was published: expected no --method",
        "--on=x                 | --on x: each machine computes a part of every batch: expected --parts 2 or more",
        "--on=x --parts=2 --gradual | --on x: the machines keep the connections of the beginning: expected no --gradual",
        "--on=x --parts=2 --port=0 | --port 0: expected 1 to 65535",
        "--port=7000            | --port 7000: nobody connects to this program: expected --on",
      })
  void whatDoesNotGoTogetherIsRefused(String words, String sentence) {
    List<String> all = new ArrayList<>(options);
    all.add(0, "run");
    all.addAll(List.of("--model=linear", "--out=" + folder.resolve("out")));
    all.addAll(List.of(words.split(" ")));
    assertThat(mistake(all.toArray(String[]::new))).isEqualTo("snip4j: " + sentence);
  }

  @Test
  void aRunInPartsIsResumedAndRepeatedToTheSameBytes() throws IOException {
    Path here = here("--model=linear", "--parts=3", "--iterations=20");
    assertThat(snip4j("run", "--like=" + here, "--out=" + folder.resolve("again")))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("network.npz has the same bytes as that of the first run");
  }
}
