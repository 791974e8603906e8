package io.github.snip4j.core.io;

import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The element type of a {@code .npy} array.
 *
 * @param descr NumPy's name, as in {@code <f4}; empty for records of several fields
 * @param kind NumPy's letter: {@code f} real, {@code i} whole, {@code u} whole and not negative,
 *     {@code b} true or false; others are not read
 * @param size bytes per element
 */
record NpyType(String descr, char kind, int size) {
  private static final Pattern SIMPLE = Pattern.compile("([<>|=])([a-zA-Z?])([0-9]{0,9})(.*)");

  /** The type of this name, whether it can be read or not. */
  static NpyType of(String descr) {
    Matcher parts = SIMPLE.matcher(descr);
    return parts.matches() && !parts.group(3).isEmpty()
        ? new NpyType(descr, parts.group(2).charAt(0), Integer.parseInt(parts.group(3)))
        : new NpyType(descr, descr.contains("O") ? 'O' : '?', 0);
  }

  /** Whether its elements are real numbers that become floats. */
  boolean isReal() {
    return kind == 'f' && List.of(2, 4, 8).contains(size);
  }

  /** Whether its elements are whole numbers or booleans, that become ints. */
  boolean isWhole() {
    return kind == 'b'
        ? size == 1
        : (kind == 'i' || kind == 'u') && List.of(1, 2, 4, 8).contains(size);
  }

  ByteOrder order() {
    return descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** What it is, in words, as in {@code 32-bit unsigned integers}. */
  String words() {
    String bits = 8L * size + "-bit ";
    return switch (kind) {
      case 'f' -> bits + "real numbers";
      case 'i' -> bits + "integers";
      case 'u' -> bits + "unsigned integers";
      case 'b' -> "booleans";
      case 'c' -> bits + "complex numbers";
      case 'O' -> "Python objects";
      case 'U', 'S', 'a' -> "texts";
      case 'M' -> "dates";
      case 'm' -> "durations";
      case 'V' -> "raw bytes, " + size + " each (bfloat16 is saved so)";
      default -> descr.isEmpty() ? "records of several fields" : "of a type named " + descr;
    };
  }
}
