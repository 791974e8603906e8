package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes that labels tell apart: each value that occurs is one, in their order. So labels may
 * begin with 1, or be words.
 */
final class LabelNumbers {
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,20}([.][0-9]{0,20})?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private LabelNumbers(List<String> names) {
    this.names = names;
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
  }

  /**
   * Refuses words that are the same number, as 1 and 1.0, and would be two classes.
   *
   * @param column where they are in the file
   */
  static void checkSpelling(Path file, String column, Collection<String> labels)
      throws BadFileException {
    Map<BigDecimal, String> words = new HashMap<>();
    for (String word : new TreeSet<>(labels)) {
      if (NUMBER.matcher(word).matches()) {
        String other = words.putIfAbsent(new BigDecimal(word).stripTrailingZeros(), word);
        if (other != null) {
          throw new BadFileException(
              file.toString(),
              ("column '" + Printable.name(column) + "' writes one number as " + other + " and as ")
                  + (word + ": expected one spelling of each class"));
        }
      }
    }
  }

  /** Of words, in alphabetical order; if all are whole numbers, in the order of these. */
  static LabelNumbers ofWords(Collection<String> labels) {
    TreeSet<String> distinct = new TreeSet<>(labels);
    boolean whole = distinct.stream().allMatch(word -> WHOLE.matcher(word).matches());
    Comparator<String> order =
        whole ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder();
    return new LabelNumbers(
        distinct.stream().sorted(order.thenComparing(Comparator.naturalOrder())).toList());
  }

  /** Of numbers. */
  static LabelNumbers of(Collection<int[]> labels) {
    return new LabelNumbers(
        labels.stream()
            .flatMapToInt(Arrays::stream)
            .distinct()
            .sorted()
            .mapToObj(String::valueOf)
            .toList());
  }

  /** What the classes are called. */
  List<String> names() {
    return names;
  }

  int[] of(int[] labels) {
    return Arrays.stream(labels).map(label -> numbers.get(String.valueOf(label))).toArray();
  }

  int[] of(List<String> labels) {
    return labels.stream().mapToInt(numbers::get).toArray();
  }
}
