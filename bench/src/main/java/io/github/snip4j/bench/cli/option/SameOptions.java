package io.github.snip4j.bench.cli.option;

import com.google.gson.JsonElement;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Sees that a command line does not contradict the run that it resumes. */
public final class SameOptions {
  /** Two options that decide one component. */
  private static final Map<String, String> PARTS = Map.of("sparse", "kernels", "choice", "kernels");

  private SameOptions() {}

  /**
   * Compares what was given, and not what was left to its default. Options that decide no component
   * of {@link RunOptions} say how a run is computed, and may be others; so may the folder of the
   * data. The command's own options say where a new run goes, and are refused.
   *
   * @param asked the options as parsed
   * @param run those of the run
   * @throws UserError if one differs
   */
  public static void check(ParseResult given, RunOptions asked, RunOptions run, Path folder) {
    Map<String, JsonElement> wanted =
        Json.values(asked.withData(asked.data().at(run.data().dir())));
    Map<String, JsonElement> there = Json.values(run);
    for (OptionSpec option : given.matchedOptions()) {
      String name = option.longestName();
      if (isOwn(given, option)) {
        throw new UserError(name + " does not go with --resume: the run stays in " + folder);
      }
      String component = component(option);
      JsonElement value = wanted.get(component);
      JsonElement before = there.get(component);
      if (value != null && before != null && !value.equals(before)) {
        throw new UserError(
            (name + " " + word(value) + ": the run in " + folder + " has " + word(before))
                + ", and a resumed run keeps its options");
      }
    }
  }

  /** Which component of a run's options this one decides, if it does. */
  public static String component(OptionSpec option) {
    String field = OptionFields.of(option);
    return PARTS.getOrDefault(field, field);
  }

  /** Whether a command has this option by itself, and neither a mixin nor a command above it. */
  public static boolean isOwn(ParseResult given, OptionSpec option) {
    return !option.inherited()
        && given.commandSpec().mixins().values().stream()
            .noneMatch(mixin -> mixin.options().contains(option));
  }

  private static String word(JsonElement value) {
    if (value.isJsonArray()) {
      return value.getAsJsonArray().isEmpty()
          ? "none"
          : StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
              .map(JsonElement::getAsString)
              .collect(Collectors.joining(","));
    }
    return value.isJsonNull() ? "none" : value.getAsString();
  }
}
