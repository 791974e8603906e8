package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.cell.Cell;
import io.github.snip4j.bench.options.EnumNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line that runs one cell of a comparison by itself. */
public final class RunLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,+@%-]+");

  private RunLine() {}

  /**
   * The line, for a shell of the POSIX kind in the same working folder.
   *
   * @param given to {@code compare}: what both commands have is handed on as it was given
   * @param root of the comparison
   */
  public static String of(ParseResult given, Cell cell, Path root) {
    List<String> words = new ArrayList<>(List.of("./snip4j", "run"));
    words.add("--criterion=" + EnumNames.of(cell.options().scoring().criterion()));
    words.add("--sparsity=" + cell.options().sparsity());
    words.add("--seed=" + cell.options().seed());
    for (OptionSpec option : given.matchedOptions()) {
      if (!isOfSweep(given, option)) {
        add(words, option);
      }
    }
    words.add("--out=" + root.resolve(cell.name()));
    return words.stream().map(RunLine::quoted).collect(Collectors.joining(" "));
  }

  /** Whether an option says which cells there are, and not how one is run. */
  private static boolean isOfSweep(ParseResult given, OptionSpec option) {
    return SameOptions.isOwn(given, option)
        || given.commandSpec().mixins().values().stream()
            .filter(mixin -> mixin.userObject() instanceof SweepOptions)
            .anyMatch(mixin -> mixin.options().contains(option));
  }

  private static void add(List<String> words, OptionSpec option) {
    if (option.arity().max() == 0) {
      words.add(option.longestName());
    } else {
      option.originalStringValues().forEach(value -> words.add(option.longestName() + "=" + value));
    }
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
