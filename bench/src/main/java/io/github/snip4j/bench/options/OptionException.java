package io.github.snip4j.bench.options;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * An option whose value cannot be used. The sentence names options by the field that holds their
 * value; a command line puts its own words in their place.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String format;

  @SuppressWarnings("serial") // nobody writes it to a stream
  private final transient Object[] values;

  /** An option in a sentence, by the field of the record or command that holds its value. */
  private record Field(String name) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Says what is wrong, and what would be right.
   *
   * @param format as for {@link String#format}, with {@code %s} alone
   * @param values for it; options among them are {@link #field}s
   */
  public OptionException(String format, Object... values) {
    super(String.format(Locale.ROOT, format, values));
    this.format = format;
    this.values = values.clone();
  }

  /** An option to be named in the sentence. */
  public static Object field(String name) {
    return new Field(name);
  }

  /**
   * Checks a value.
   *
   * @param field that holds it
   * @throws OptionException that says which value is expected, if this one is not
   */
  static void require(boolean holds, String field, Object value, String expected) {
    if (!holds) {
      throw new OptionException("%s %s: expected %s", field(field), value, expected);
    }
  }

  /** The message with the words of a command line for the fields. */
  public String sentence(UnaryOperator<String> words) {
    Object[] named =
        Arrays.stream(values)
            .map(value -> value instanceof Field field ? words.apply(field.name()) : value)
            .toArray();
    return String.format(Locale.ROOT, format, named);
  }
}
