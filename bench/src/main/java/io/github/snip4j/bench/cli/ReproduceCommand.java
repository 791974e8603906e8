package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cell.CellRunner;
import io.github.snip4j.bench.cell.CellWorkers;
import io.github.snip4j.bench.cli.option.CheckpointOptions;
import io.github.snip4j.bench.cli.option.EngineOptions;
import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.cli.option.SeedList;
import io.github.snip4j.bench.cli.option.SweepOptions;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.cli.screen.ReproductionConsole;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.reproduce.Budget;
import io.github.snip4j.bench.reproduce.PublishedStudy;
import io.github.snip4j.bench.reproduce.Reproduction;
import io.github.snip4j.bench.reproduce.Reproduction.Planned;
import io.github.snip4j.bench.reproduce.Row;
import io.github.snip4j.bench.reproduce.RowOutcome;
import io.github.snip4j.bench.reproduce.Studies;
import io.github.snip4j.bench.reproduce.Study;
import io.github.snip4j.bench.reproduce.StudyPage;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.bench.story.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The paper's tables and figures, made anew. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    sortOptions = false,
    description =
        "Makes the paper's tables and figures: its numbers, others' and those from here side by"
            + " side. Says before how long it will take. Started again with the same options, it"
            + " goes on where it was.")
final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "ITEM",
      description =
          "table-1, table-2, table-3, figure-1, figure-2, figure-3, figure-4, inverted,"
              + " tiny-imagenet, sanity, hypotheses, or all.")
  List<String> items = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "LIST",
      defaultValue = "1",
      description =
          "How many seeds for each row, as in 5, or which, as in 1,4,7-12; 4-4 is one (default:"
              + " ${DEFAULT-VALUE}).")
  String seeds = "1";

  @Option(
      names = "--budget",
      paramLabel = "LENGTH",
      defaultValue = "paper",
      description =
          "How long networks are trained: quick, a few minutes in all; paper, as there; or a number"
              + " of steps. Behind a comma another number for a dataset, as in"
              + " 16200,cifar-10=1760 (default: ${DEFAULT-VALUE}).")
  String budget = "paper";

  @Option(
      names = "--rows",
      paramLabel = "ID",
      split = ",",
      description =
          "Only rows whose name, which their runs' folders have, begins so, as in 300-snip"
              + " (default: all).")
  List<String> rows = List.of();

  @Mixin private SweepOptions sweep = new SweepOptions();

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Read the datasets from folders of their names below this one (default: SNIP4J_DATA, or"
              + " the user's cache folder).")
  @Nullable Path dataDir;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs/reproduce",
      description =
          "Folder for report.html, a page for each item, and a folder for each run (default:"
              + " ${DEFAULT-VALUE}).")
  Path out = Path.of("runs", "reproduce");

  @Option(
      names = "--publish",
      paramLabel = "DIR",
      description =
          "Also write the pages here, as in docs/results, and beside each a file of its runs. What"
              + " was published before and is not run here stays on the page (default: no).")
  @Nullable Path publish;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "A sentence of yours for the pages, as where the data are not quite the usual ones"
              + " (default: the one of the published page, if there is one).")
  String note = "";

  @Option(names = "--estimate", description = "Only say how long it will take (default: off).")
  boolean estimate;

  @Option(
      names = "--collect",
      description = "Run nothing, and make the pages of what is finished (default: off).")
  boolean collect;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Mixin private CheckpointOptions checkpoints = new CheckpointOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    checkFolder("--out", out);
    checkFolder("--publish", publish);
    List<Study> studies = Studies.named(items);
    Reproduction reproduction =
        new Reproduction(
            Budget.of(budget),
            SeedList.parse(seeds),
            RunCommand::parsed,
            dataDir == null ? "" : dataDir.toString(),
            new NamedSources());
    Integer every = checkpoints.steps();
    int jobs = sweep.jobs();
    CellWorkers workers = sweep.workers();
    Machine machine = engine.start();
    ReproductionConsole screen = new ReproductionConsole(spec.commandLine().getOut());
    checkBudget(reproduction.budget(), studies);
    for (Study study : studies) {
      published(study, reproduction.budget()); // what does not fit is refused before the work
    }
    List<Planned> runs = new ArrayList<>();
    for (Study study : studies) {
      runs.addAll(plan(reproduction, study, screen));
    }
    if (sweep.list) {
      runs.forEach(run -> screen.list(run, out));
      return 0;
    }
    checkRows(studies, runs);
    List<Planned> mine = part(runs);
    List<Planned> left = collect ? List.of() : unfinished(mine);
    screen.plan(mine, left, machine);
    screen.estimate(left, reproduction.seconds(left), jobs);
    if (estimate) {
      return 0;
    }
    CellRunner runner = new CellRunner(out, reproduction.sources(), every, new ReportFiles());
    List<Planned> made = new ArrayList<>(mine);
    if (collect) {
      made.removeAll(unfinished(mine));
    }
    Map<Row, RowOutcome> outcomes = reproduction.run(made, runner, workers, screen);
    mine.forEach(run -> outcomes.putIfAbsent(run.row(), reproduction.nothing(run.row())));
    if (!sweep.isPart()) {
      pages(reproduction, studies, outcomes, screen);
    }
    return 0;
  }

  /** The runs of the rows that are asked for and whose data are here. */
  private List<Planned> plan(Reproduction reproduction, Study study, ReproductionConsole screen)
      throws IOException {
    List<Planned> here = new ArrayList<>();
    Map<String, Integer> missing = new TreeMap<>();
    for (Planned run : reproduction.plan(study, this::isChosen)) {
      DataSpec data = run.cell().options().data();
      if (reproduction.isMissing(data)) {
        missing.merge(data.title(), 1, Integer::sum);
      } else {
        here.add(run);
      }
    }
    if (here.isEmpty() && !missing.isEmpty() && items.contains(study.name())) {
      String data = missing.keySet().iterator().next();
      throw new UserError(
          (study.name() + ": there is no " + data + " here: 'snip4j datasets fetch " + data)
              + "' gets it, and --data-dir says where it is");
    }
    missing.forEach((data, runs) -> screen.left(study, data, runs));
    return here;
  }

  /** Says before the work what could not be written into after it. */
  private static void checkFolder(String option, @Nullable Path folder) {
    if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserError(option + " " + folder + ": expected a folder, not a file");
    }
  }

  private boolean isChosen(Row row) {
    return rows.isEmpty() || rows.stream().anyMatch(row.id()::startsWith);
  }

  /** What is on the page that will be written again. */
  private PublishedStudy published(Study study, Budget length) throws IOException {
    return publish == null ? PublishedStudy.NOTHING : PublishedStudy.read(publish, study, length);
  }

  private void checkRows(List<Study> studies, List<Planned> runs) {
    for (String row : rows) {
      if (runs.stream().noneMatch(run -> run.row().id().startsWith(row))) {
        throw new UserError(
            ("--rows " + row + ": no row's name begins so: expected one of ")
                + String.join(
                    ", ",
                    studies.stream()
                        .flatMap(study -> study.rows().stream().map(Row::id))
                        .toList()));
      }
    }
  }

  private void checkBudget(Budget budget, List<Study> studies) {
    Set<String> datasets = new TreeSet<>();
    for (Study study : studies) {
      study.rows().stream().filter(this::isChosen).forEach(row -> datasets.add(row.data()));
    }
    for (Map.Entry<String, Integer> other : budget.others().entrySet()) {
      if (!datasets.contains(other.getKey())) {
        throw new UserError(
            ("--budget " + other.getKey() + "=" + other.getValue())
                + ": no row is trained on that dataset: expected "
                + (datasets.isEmpty() ? "none" : "one of " + String.join(", ", datasets)));
      }
    }
  }

  private List<Planned> part(List<Planned> runs) {
    List<String> names =
        sweep.of(runs.stream().map(Planned::cell).toList()).stream()
            .map(cell -> cell.name())
            .toList();
    return runs.stream().filter(run -> names.contains(run.cell().name())).toList();
  }

  private List<Planned> unfinished(List<Planned> runs) {
    return runs.stream().filter(run -> !isFinished(out.resolve(run.cell().name()))).toList();
  }

  private static boolean isFinished(Path folder) {
    return Files.exists(folder.resolve("result.json")) && !RunFolder.holdsCheckpoint(folder);
  }

  private void pages(
      Reproduction reproduction,
      List<Study> studies,
      Map<Row, RowOutcome> outcomes,
      ReproductionConsole screen)
      throws IOException {
    List<StudyPage> pages = new ArrayList<>();
    for (Study study : studies) {
      // Read again: others may have published while this ran.
      PublishedStudy published = published(study, reproduction.budget());
      StudyPage page = reproduction.page(study, outcomes, published, note);
      screen.table(page);
      screen.written(page.write(out));
      if (publish != null) {
        screen.written(page.publish(publish));
      }
      pages.add(page);
    }
    Path report = out.resolve("report.html");
    new Report(
            "The paper, reproduced",
            pages.size() == 1 ? pages.get(0).heading() : "Tables and figures of the paper",
            "What the paper reports, what others got who ran it, and what comes out here.",
            List.of(),
            List.copyOf(pages),
            "Written by snip4j " + Machine.version() + ".")
        .write(report);
    screen.written(report);
  }
}
