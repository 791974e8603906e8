package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.DataOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.FewExamples;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ConsoleReport;
import io.github.snip4j.bench.cli.screen.TextTable;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.options.UnitCriterionKind;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.ModelCard;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.snip.unit.KeptUnits;
import io.github.snip4j.snip.unit.UnitGroup;
import io.github.snip4j.snip.unit.UnitSelection;
import io.github.snip4j.snip.unit.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code snip4j shrink}: a network without some of its units. */
@Command(
    name = "shrink",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Takes whole units out of a network, outputs of layers, channels of convolutions, units of"
            + " recurrent cells, and writes the smaller plain network that is left; trains nothing.")
final class ShrinkCommand implements Callable<Integer> {
  @Option(
      names = "--network",
      required = true,
      paramLabel = "FILE",
      description =
          "The network.npz of a run; or, with --model, parameters under PyTorch's names (.npz,"
              + " .safetensors, .pt, .pth). Nothing of it may be pruned yet.")
  private Path file = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The network it is of (default: what the file says).")
  private @Nullable String model;

  @Option(
      names = "--keep-units",
      paramLabel = "N",
      description = "How many units stay, in all layers together, at least one in each.")
  private @Nullable Integer keepUnits;

  @Option(
      names = "--arithmetic",
      paramLabel = "SHARE",
      description = "Instead, the share of the multiply-adds that may be left, above 0, at most 1.")
  private @Nullable Double arithmetic;

  @Option(
      names = "--multiple",
      paramLabel = "N",
      description =
          "With --arithmetic: each layer that loses units keeps a multiple of N; kernels compute 8 at"
              + " once (default: 1).")
  private @Nullable Integer multiple;

  @Option(
      names = "--criterion",
      paramLabel = "NAME",
      defaultValue = "snip",
      description =
          "What says which units stay; snip: how much the loss would change without what a unit"
              + " receives; skeleton: without what it sends; l1: its weights' magnitudes; taylor: as"
              + " snip, example by example, and within layers (default: ${DEFAULT-VALUE}).")
  private UnitCriterionKind criterion = UnitCriterionKind.SNIP;

  @Option(
      names = "--sensitivity-batch",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Training examples to score the units on, chosen by seed (default: ${DEFAULT-VALUE}, or"
              + " all of your own data if these are fewer).")
  private int sensitivityBatch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where the choice of these comes from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.npz",
      description = "Where to write the smaller network. An existing file is replaced.")
  private Path out = Path.of("");

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    RunOptions.checkPruning(0, sensitivityBatch, null);
    checkHowMany();
    checkOut();
    PrintWriter screen = spec.commandLine().getOut();
    new ConsoleReport(screen, spec.commandLine().getErr()).machine(engine.start());
    Data examples = data.data();
    NetworkFile.Saved saved = SavedNetworks.saved(file, model, kind -> examples.on(kind, null));
    Network network = saved.network();
    Units units = Units.of(network);
    Map<UnitGroup, double[]> scores = criterion.criterion().score(network, units, batch(saved));
    KeptUnits kept = chosen(units, scores);
    Network smaller = kept.network();
    NetworkFile.save(out, smaller, card(saved.card(), kept));
    print(screen, units, kept);
    screen.printf(
        Locale.ROOT,
        "%s: %,d connections, of %,d; %,d multiply-adds an example, of %,d (%.1f %%)%n",
        network.name(),
        smaller.connections(),
        network.connections(),
        kept.multiplyAdds(),
        units.multiplyAdds(),
        100.0 * kept.multiplyAdds() / units.multiplyAdds());
    screen.println("written: " + out + ", not trained since");
    return 0;
  }

  /** Refuses what says too little or too much. */
  private void checkHowMany() {
    if ((keepUnits == null) == (arithmetic == null)) {
      throw new UserError("expected --keep-units N or --arithmetic SHARE, and not both");
    }
    if (multiple != null && arithmetic == null) {
      throw new UserError("--multiple: the number of units is given: expected --arithmetic");
    }
  }

  private KeptUnits chosen(Units units, Map<UnitGroup, double[]> scores) {
    return keepUnits == null
        ? UnitSelection.keepArithmetic(
            units, scores, Objects.requireNonNull(arithmetic), multiple == null ? 1 : multiple)
        : UnitSelection.keep(units, scores, keepUnits);
  }

  private void checkOut() throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new UserError("--out " + out + ": expected a file in a folder that exists");
    }
    if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".npz")) {
      throw new UserError("--out " + out + ": expected a name that ends with .npz");
    }
    if (Files.exists(out) && Files.exists(file) && Files.isSameFile(out, file)) {
      throw new UserError("--out " + out + ": is the file of --network, which would be lost");
    }
  }

  /** The examples to score on; for a criterion that looks at none, a blank one. */
  private Batch batch(NetworkFile.Saved saved) throws IOException {
    Network network = saved.network();
    if (!criterion.needsData()) {
      return new Batch(Tensor.zeros(network.input().append(1)), new int[1]);
    }
    Data examples = data.data();
    SavedNetworks.checkFits(file, network, examples);
    DataSpec choice = data.spec(new ShowingOptions());
    RunSeeds draws = new RunSeeds(seed);
    Splits splits =
        new TrainedOn(file, saved.card())
            .splits(examples, draws.splits(examples.read(choice), choice));
    int size =
        FewExamples.fitted(
            "--sensitivity-batch",
            sensitivityBatch,
            examples,
            choice.limit(),
            spec.commandLine().getParseResult());
    return draws.sensitivityBatch(splits, size, choice);
  }

  private ModelCard card(ModelCard before, KeptUnits kept) {
    Map<String, String> made = new LinkedHashMap<>(before.made());
    made.put("units kept", String.valueOf(kept.count()));
    made.put("units chosen by", criterion.words());
    return new ModelCard(before.classes(), before.mean(), before.deviation(), made);
  }

  private static void print(PrintWriter screen, Units units, KeptUnits kept) {
    TextTable table = new TextTable("layers", "units", "kept");
    for (UnitGroup group : units.groups()) {
      table.row(
          String.join(", ", group.layers()),
          String.format(Locale.ROOT, "%,d", group.units()),
          String.format(Locale.ROOT, "%,d", kept.of(group)));
    }
    table.row(
        "all",
        String.format(Locale.ROOT, "%,d", units.count()),
        String.format(Locale.ROOT, "%,d", kept.count()));
    table.print(screen);
  }
}
