package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.LookOptions;
import io.github.snip4j.bench.cli.screen.TextTable;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.datasets.fetch.DataFolder;
import io.github.snip4j.datasets.fetch.Download;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The datasets: what is known, what is here and where. */
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    subcommands = {DatasetsFetchCommand.class, DatasetsShowCommand.class},
    description = "Lists the datasets and where they are; 'fetch' gets one, 'show' draws one.")
final class DatasetsCommand implements Callable<Integer> {
  @Mixin private LookOptions look = new LookOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    TextTable table = new TextTable("dataset", "train + test", "shape", "classes", "where");
    for (Data data : Data.all()) {
      table.row(
          data.name(),
          data.examples(),
          data.example().toString(),
          String.valueOf(data.classes()),
          where(data));
    }
    table.print(out);
    out.println(
        "kept in " + DataFolder.of(look.dir) + " (--data-dir or SNIP4J_DATA choose another)");
    return 0;
  }

  private String where(Data data) {
    Path folder = data.find(look.dir);
    if (folder != null) {
      return folder.toString();
    }
    Download download = data.download();
    return download == null
        ? "built in"
        : String.format(
            Locale.ROOT,
            "not here: snip4j datasets fetch %s (%.0f MB)",
            data.name(),
            download.bytes() / 1e6);
  }
}
