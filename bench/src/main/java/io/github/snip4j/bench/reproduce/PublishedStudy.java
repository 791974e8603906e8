package io.github.snip4j.bench.reproduce;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The runs of a published page, in a file beside it. A page is made of them and of those whose
 * folders are here: what was run on another machine, or long ago, stays on it.
 *
 * @param note what the page's maker says of it; empty for nothing
 * @param runs in the order of the study's rows
 */
public record PublishedStudy(String note, List<PublishedRuns> runs) {
  /**
   * Checks what may have been read from a file.
   *
   * @throws IllegalArgumentException if a run is there twice
   */
  public PublishedStudy {
    Objects.requireNonNull(note, "note");
    runs = List.copyOf(runs);
    Set<String> known = new HashSet<>();
    for (PublishedRuns some : runs) {
      for (long seed : some.seeds()) {
        if (!known.add(some.row() + " " + seed)) {
          throw new IllegalArgumentException(
              "row " + some.row() + " has its seed " + seed + " twice");
        }
      }
    }
  }

  /** Where nothing is published. */
  public static final PublishedStudy NOTHING = new PublishedStudy("", List.of());

  /**
   * Reads what is published of a study.
   *
   * @param folder of the page; it need not exist
   * @param budget that the page is to have
   * @throws OptionException if the file is not what {@link #write} writes, or has runs that were
   *     trained for another number of steps, or in another way, than the page's would be
   */
  public static PublishedStudy read(Path folder, Study study, Budget budget) throws IOException {
    Path file = file(folder, study);
    if (!Files.exists(file)) {
      return NOTHING;
    }
    PublishedStudy published;
    try {
      published = Json.read(JsonParser.parseString(Files.readString(file)), PublishedStudy.class);
    } catch (JsonParseException | CharacterCodingException e) {
      throw new OptionException("%s: not a list of runs: %s", file, String.valueOf(e.getMessage()));
    }
    for (PublishedRuns runs : published.runs) {
      Row row =
          study.rows().stream()
              .filter(known -> known.id().equals(runs.row()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new OptionException(
                          "%s: %s has no row '%s'", file, study.name(), runs.row()));
      String command = row.command(budget, 1);
      if (!command.equals(runs.command())) {
        throw new OptionException(
            "%s: the published runs of row %s are 'run %s', those of this page 'run %s'. With the"
                + " %s of the published ones they fit; or publish into another folder",
            file, row.id(), runs.command(), command, OptionException.field("budget"));
      }
    }
    return published;
  }

  /**
   * What came of a row, here and before. A run that is here takes the place of the published one;
   * where runs of several seeds were published as one, all of them must be here.
   */
  RowOutcome with(RowOutcome here) {
    List<Long> seeds = here.runs().stream().flatMap(some -> some.seeds().stream()).toList();
    List<PublishedRuns> all = new ArrayList<>();
    for (PublishedRuns some : runs) {
      if (some.row().equals(here.row().id()) && !seeds.containsAll(some.seeds())) {
        all.add(some);
      }
    }
    List<Long> before = all.stream().flatMap(some -> some.seeds().stream()).toList();
    here.runs().stream().filter(one -> !before.containsAll(one.seeds())).forEach(all::add);
    all.sort(Comparator.comparing(some -> some.seeds().get(0)));
    int wanted = Math.max(here.wanted(), all.stream().mapToInt(some -> some.seeds().size()).sum());
    return new RowOutcome(here.row(), wanted, here.results(), all, here.failures());
  }

  /** Writes the file of a page. */
  static void write(Path folder, Study study, String note, List<RowOutcome> outcomes)
      throws IOException {
    List<PublishedRuns> runs = new ArrayList<>();
    outcomes.forEach(outcome -> runs.addAll(outcome.runs()));
    byte[] text = Json.write(new PublishedStudy(note, runs)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file(folder, study), out -> out.write(text));
  }

  private static Path file(Path folder, Study study) {
    return folder.resolve(study.name() + ".json");
  }
}
