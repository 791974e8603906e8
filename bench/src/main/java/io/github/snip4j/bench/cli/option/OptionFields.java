package io.github.snip4j.bench.cli.option;

import java.lang.reflect.Field;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields that hold the values of options. A field has the name of the component of {@link
 * io.github.snip4j.bench.options.RunOptions} that it decides, so an option needs no other mention.
 */
public final class OptionFields {
  private OptionFields() {}

  /** The name of the field that holds an option's value. */
  public static String of(OptionSpec option) {
    return option.userObject() instanceof Field field ? field.getName() : "";
  }

  /** What a user types for a field; the field itself where this command has no such option. */
  public static String word(CommandSpec command, String field) {
    return command.options().stream()
        .filter(option -> of(option).equals(field))
        .map(OptionSpec::longestName)
        .findFirst()
        .orElse(field);
  }
}
