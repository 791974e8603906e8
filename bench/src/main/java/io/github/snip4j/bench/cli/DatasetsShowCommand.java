package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.LookOptions;
import io.github.snip4j.bench.cli.option.OwnData;
import io.github.snip4j.bench.cli.option.OwnDataOptions;
import io.github.snip4j.bench.cli.option.PixelOptions;
import io.github.snip4j.bench.cli.option.ShowingOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.datasets.ContactSheet;
import io.github.snip4j.datasets.Dataset;
import io.github.snip4j.datasets.Splits;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws training examples as a network sees them. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Draws some training examples as a network sees them, a row for each class, as a PNG file.")
final class DatasetsShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "As 'snip4j datasets' lists them, or the path of your own.")
  String name = "";

  @Mixin private LookOptions look = new LookOptions();

  @Mixin private OwnDataOptions own = new OwnDataOptions();

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "120",
      description = "How many (default: ${DEFAULT-VALUE}).")
  int examples;

  @Option(
      names = "--choose",
      paramLabel = "CHOICE",
      defaultValue = "balanced",
      description =
          "random; balanced, as many of each class; or class:K, of one class by number or name"
              + " (default: ${DEFAULT-VALUE}).")
  String choice = "";

  @Mixin private PixelOptions pixels = new PixelOptions();

  @Mixin private ShowingOptions showing = new ShowingOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Where all random draws come from (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.png",
      description = "Where to write it; an existing file is replaced.")
  Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new UserError("--out " + out + ": expected a file in a folder that exists");
    }
    Data data = OwnData.find(name, own.reading());
    if (data.example().rank() != 3) {
      throw new UserError(
          name + ": its examples are " + data.example() + " numbers: expected pictures to show");
    }
    DataSpec shown = showing.spec(data, look.dir, pixels.invert);
    RunSeeds draws = new RunSeeds(seed);
    Splits splits = draws.labelled(draws.splits(data.read(shown), shown), shown);
    int most = splits.train().size();
    if (examples < 1 || examples > most) {
      throw new UserError("--examples " + examples + ": expected 1 to " + most);
    }
    Batch batch = draws.shown(splits, examples, choice, showing.augment);
    ContactSheet sheet = new ContactSheet(batch, splits.train().normalization());
    AtomicFile.write(out, sheet::writePng);
    legend(batch, splits.train().data());
    return 0;
  }

  private void legend(Batch batch, Dataset data) {
    PrintWriter screen = spec.commandLine().getOut();
    int[] labels = Arrays.stream(batch.labels()).distinct().sorted().toArray();
    screen.println(
        "written: " + out + ", " + batch.size() + " of " + name + " in the order of their labels:");
    screen.println(
        Arrays.stream(labels)
            .mapToObj(k -> data.classNames().get(k))
            .collect(Collectors.joining(", ")));
  }
}
