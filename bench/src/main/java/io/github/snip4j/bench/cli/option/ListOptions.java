package io.github.snip4j.bench.cli.option;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Options that take several values with commas between. */
public final class ListOptions {
  private ListOptions() {}

  /**
   * Checks that no value of such an option is empty: a comma too many may be a name forgotten.
   *
   * @throws ParameterException if one is
   */
  public static void check(ParseResult parsed) {
    for (OptionSpec option : parsed.matchedOptions()) {
      if (option.splitRegex().isEmpty()) {
        continue;
      }
      for (String given : option.originalStringValues()) {
        for (String one : given.split(option.splitRegex(), -1)) {
          if (one.isBlank()) {
            CommandLine command = parsed.commandSpec().commandLine();
            throw new ParameterException(
                command,
                (option.longestName() + " " + given + ": expected names or numbers with commas")
                    + " between them, and none of them empty");
          }
        }
      }
    }
    if (parsed.hasSubcommand()) {
      check(parsed.subcommand());
    }
  }
}
