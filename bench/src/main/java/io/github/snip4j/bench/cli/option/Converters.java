package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.EnumNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** Turns options into values, and says what they should have been in everyday words. */
public final class Converters {
  private static final Set<String> ASCII = Set.of("ANSI_X3.4-1968", "US-ASCII", "646");

  private Converters() {}

  /** Makes a command and its sub-commands read all kinds of values that their options take. */
  public static void register(CommandLine command) {
    ITypeConverter<Double> real = number("a number, as in 0.98", Double::valueOf);
    ITypeConverter<Integer> whole = number("a whole number", Integer::valueOf);
    command.registerConverter(double.class, real);
    command.registerConverter(Double.class, real);
    command.registerConverter(int.class, whole);
    command.registerConverter(Integer.class, whole);
    command.registerConverter(Path.class, Converters::path);
    command.registerConverter(long.class, number("a whole number", Long::valueOf));
    enums(command).forEach(type -> register(command, type));
  }

  /** The enums that options of a command and its sub-commands take. */
  private static Set<Class<?>> enums(CommandLine command) {
    Set<Class<?>> enums = new HashSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      for (Class<?> type : option.auxiliaryTypes()) {
        if (type.isEnum()) {
          enums.add(type);
        }
      }
    }
    command.getSubcommands().values().forEach(sub -> enums.addAll(enums(sub)));
    return enums;
  }

  private static <K> void register(CommandLine command, Class<K> type) {
    K[] values = type.getEnumConstants();
    command.registerConverter(type, text -> oneOf(values, text));
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

  private static <K> K oneOf(K[] values, String text) {
    for (K value : values) {
      if (name(value).equals(text.toLowerCase(Locale.ROOT))) {
        return value;
      }
    }
    throw new TypeConversionException(
        ("'" + text + "': there is ")
            + String.join(", ", Arrays.stream(values).map(Converters::name).toList()));
  }

  private static String name(Object value) {
    return EnumNames.of((Enum<?>) value);
  }
}
