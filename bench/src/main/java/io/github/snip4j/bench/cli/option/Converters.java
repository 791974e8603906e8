package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.AugmentationKind;
import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.EnumNames;
import io.github.snip4j.bench.options.OptimizerKind;
import io.github.snip4j.bench.options.ScheduleKind;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.snip.Biases;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns options into values, and says what they should have been in words of everyday. */
public final class Converters {
  private static final Set<String> ASCII = Set.of("ANSI_X3.4-1968", "US-ASCII", "646");

  private Converters() {}

  public static void register(CommandLine command) {
    ITypeConverter<Double> real = number("a number, as in 0.98", Double::valueOf);
    ITypeConverter<Integer> whole = number("a whole number", Integer::valueOf);
    command.registerConverter(double.class, real);
    command.registerConverter(Double.class, real);
    command.registerConverter(int.class, whole);
    command.registerConverter(Integer.class, whole);
    command.registerConverter(Path.class, Converters::path);
    command.registerConverter(long.class, number("a whole number", Long::valueOf));
    command.registerConverter(OptimizerKind.class, oneOf(OptimizerKind.values()));
    command.registerConverter(ScheduleKind.class, oneOf(ScheduleKind.values()));
    command.registerConverter(Biases.class, oneOf(Biases.values()));
    command.registerConverter(CriterionKind.class, oneOf(CriterionKind.values()));
    command.registerConverter(Pass.Mode.class, oneOf(Pass.Mode.values()));
    command.registerConverter(ScoringSpec.Selection.class, oneOf(ScoringSpec.Selection.values()));
    command.registerConverter(ScoringSpec.Sanity.class, oneOf(ScoringSpec.Sanity.values()));
    command.registerConverter(AugmentationKind.class, oneOf(AugmentationKind.values()));
    command.registerConverter(KernelOptions.Sparse.class, oneOf(KernelOptions.Sparse.values()));
    command.registerConverter(KernelOptions.Choice.class, oneOf(KernelOptions.Choice.values()));
    command.registerConverter(DataSpec.Labels.class, oneOf(DataSpec.Labels.values()));
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'" + text + "' is no name of a file or folder");
    }
    String charset = System.getProperty("sun.jnu.encoding", "");
    boolean lost = text.indexOf('?') >= 0 || text.indexOf('\ufffd') >= 0;
    if (lost && ASCII.contains(charset)) {
      throw new TypeConversionException(
          ("'" + text + "': the locale knows " + charset + " only, and letters of this name are")
              + " lost: start with LC_ALL=C.UTF-8");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'" + text + "' is no name of a file or folder here: " + e.getReason());
    }
  }

  private static <T> ITypeConverter<T> number(String kind, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not " + kind);
      }
    };
  }

  private static <E extends Enum<E>> ITypeConverter<E> oneOf(E[] values) {
    return text ->
        Arrays.stream(values)
            .filter(value -> EnumNames.of(value).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'"
                            + text
                            + "': there is "
                            + String.join(
                                ", ", Arrays.stream(values).map(EnumNames::of).toList())));
  }
}
