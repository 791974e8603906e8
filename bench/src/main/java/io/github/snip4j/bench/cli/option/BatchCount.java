package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.options.ScoringSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of batches to score on, or the word for all. */
final class BatchCount implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (text.equals("all")) {
      return ScoringSpec.ALL;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is neither a whole number nor all");
    }
    throw new TypeConversionException(text + ": expected 1 or more, or all");
  }
}
