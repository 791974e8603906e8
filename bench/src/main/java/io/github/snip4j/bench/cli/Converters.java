package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.run.Augment;
import io.github.snip4j.bench.run.DataSpec;
import io.github.snip4j.bench.run.Rule;
import io.github.snip4j.snip.Biases;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turns options into values, and says what they should have been in words of everyday. */
final class Converters {
  private Converters() {}

  static void register(CommandLine command) {
    ITypeConverter<Double> real = number("a number, as in 0.98", Double::valueOf);
    ITypeConverter<Integer> whole = number("a whole number", Integer::valueOf);
    command.registerConverter(double.class, real);
    command.registerConverter(Double.class, real);
    command.registerConverter(int.class, whole);
    command.registerConverter(Integer.class, whole);
    command.registerConverter(long.class, number("a whole number", Long::valueOf));
    command.registerConverter(Rule.class, oneOf(Rule.values()));
    command.registerConverter(Biases.class, oneOf(Biases.values()));
    command.registerConverter(Augment.class, oneOf(Augment.values()));
    command.registerConverter(KernelOptions.Sparse.class, oneOf(KernelOptions.Sparse.values()));
    command.registerConverter(KernelOptions.Choice.class, oneOf(KernelOptions.Choice.values()));
    command.registerConverter(DataSpec.Labels.class, oneOf(DataSpec.Labels.values()));
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
            .filter(value -> name(value).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'"
                            + text
                            + "': there is "
                            + String.join(
                                ", ", Arrays.stream(values).map(Converters::name).toList())));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
