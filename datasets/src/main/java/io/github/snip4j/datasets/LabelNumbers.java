package io.github.snip4j.datasets;

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
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");

  private final List<String> names;
  private final Map<String, Integer> numbers = new HashMap<>();

  private LabelNumbers(List<String> names) {
    this.names = names;
    for (String name : names) {
      numbers.put(name, numbers.size());
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
