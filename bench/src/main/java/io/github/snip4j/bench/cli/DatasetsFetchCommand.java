package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.NameLookup;
import io.github.snip4j.bench.cli.screen.TransferConsole;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.datasets.fetch.DataFolder;
import io.github.snip4j.datasets.fetch.Download;
import io.github.snip4j.datasets.fetch.Fetch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a dataset to this computer. */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Downloads a dataset from its public address, checks and unpacks it. A download that was"
            + " cut off goes on where it stopped.")
final class DatasetsFetchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "As 'snip4j datasets' lists them.")
  String name = "";

  @Option(
      names = "--from",
      paramLabel = "URL",
      description = "Get the same files from here instead of their public address.")
  @Nullable String from;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Put it into a folder of its name here (default: SNIP4J_DATA, or the user's cache"
              + " folder).")
  @Nullable Path dir;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Data data = NameLookup.byName("data", name, Data.all(), Data::name);
    Download published = data.download();
    if (published == null) {
      out.println(name + " is built in: there is nothing to fetch");
      return 0;
    }
    if (isThere(data, published)) {
      out.println(name + " is here already: " + data.find(dir));
      return 0;
    }
    Download download = from == null ? published : published.from(from);
    PrintWriter err = spec.commandLine().getErr();
    Path folder =
        new Fetch(new TransferConsole(err)).fetch(download, DataFolder.of(dir), data.name());
    out.println(name + " is in " + folder + ", every file checked by its SHA-256");
    return 0;
  }

  /** Of several files all must be there; what was unpacked is there whole or not at all. */
  private boolean isThere(Data data, Download published) {
    Path folder = data.find(dir);
    return folder != null
        && (published.unpackedBytes() > 0
            || published.files().stream()
                .map(file -> file.name())
                .allMatch(
                    file ->
                        Files.exists(folder.resolve(file))
                            || Files.exists(folder.resolve(file.replaceFirst("\\.gz$", "")))));
  }
}
