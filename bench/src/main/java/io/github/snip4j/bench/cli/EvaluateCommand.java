package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.SavedNetworkOptions;
import io.github.snip4j.bench.cli.option.TestDataOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ConsoleReport;
import io.github.snip4j.bench.cli.screen.TextTable;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.InferenceSpeed;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.FirstNonFinite;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snip4j evaluate}: how right a trained network is, and how quick. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description = "Tests a trained network, with its kept weights alone, and measures its speed.")
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private SavedNetworkOptions source = new SavedNetworkOptions();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "How many classes the network tells apart (default: as many as the data have).")
  private @Nullable Integer classes;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Examples at once, beside one at a time (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--with-dense",
      description = "Also measure the same network with its zeros, to compare (default: off).")
  private boolean withDense;

  @Mixin private TestDataOptions data = new TestDataOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    RunOptions.checkClasses(classes);
    if (batch < 1) {
      throw new UserError("--batch " + batch + ": expected 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    ConsoleReport screen = new ConsoleReport(out, spec.commandLine().getErr());
    screen.machine(engine.start());
    NetworkFile.Saved saved =
        SavedNetworks.saved(source.file, source.model, kind -> data.data().on(kind, classes));
    Network network = saved.network();
    if (classes != null && network.outputs() != classes) { // the file says its network itself
      throw new UserError(
          ("--classes " + classes + ": " + source.file + ": " + network.name() + " tells ")
              + (network.outputs() + " classes apart"));
    }
    SavedNetworks.checkFits(source.file, network, data.data());
    TrainedOn trained = new TrainedOn(source.file, saved.card());
    Map<String, Mask> masks = network.masks();
    Network dense = network.on(Parameter::unpruned);
    Examples test =
        trained
            .splits(data.data(), new RunSeeds(1).splits(data.data().read(data.spec()), data.spec()))
            .test();
    int most = Math.min(batch, test.size());

    Evaluation evaluation = Evaluation.of(network, test.inOrder(most));
    checkFinite(evaluation, network, test.inOrder(most).at(0));
    int kept =
        network.parameters().stream()
            .filter(p -> p.role().isConnection())
            .mapToInt(p -> p.value().size())
            .sum();
    out.printf(
        Locale.ROOT,
        "%s on the %,d test examples of %s: error %.2f %%, mean cross-entropy %.4f%n",
        network.name(),
        evaluation.examples(),
        DataSpec.title(data.data().name()),
        100 * evaluation.error(),
        evaluation.loss());
    if (masks.isEmpty()) {
      out.println("nothing is pruned");
    } else {
      out.printf(Locale.ROOT, "%,d of %,d connections%n", kept, network.connections());
    }
    ClassErrors.of(network, test).print(out);
    TextTable table = new TextTable("", "batch", "ms", "examples/s");
    speed(table, masks.isEmpty() ? "dense" : "pruned", network, test, most);
    if (withDense && !masks.isEmpty()) {
      speed(table, "dense", dense, test, most);
    }
    table.print(out);
    return 0;
  }

  /** A network whose answers are no numbers has no error to tell. */
  private void checkFinite(Evaluation evaluation, Network network, Batch first)
      throws BadFileException {
    if (!Double.isFinite(evaluation.loss())) {
      String where = FirstNonFinite.of(network, first, new Seed(1));
      throw new BadFileException(
          source.file.toString(),
          ("gives no finite answers on "
                  + DataSpec.title(data.data().name())
                  + ": the mean cross-entropy is ")
              + (evaluation.loss() + (where.isEmpty() ? "" : "; " + where))
              + ": its weights are too large, or of another network");
    }
  }

  private static void speed(
      TextTable table, String what, Network network, Examples test, int most) {
    for (int n : most == 1 ? new int[] {1} : new int[] {1, most}) {
      InferenceSpeed speed = InferenceSpeed.of(network, test, n);
      table.row(
          what,
          String.valueOf(n),
          String.format(Locale.ROOT, "%.3f", speed.millis()),
          String.format(Locale.ROOT, "%,.0f", speed.perSecond()));
    }
  }
}
