package io.github.snip4j.nn;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arrays of a {@link NetworkFile} that hold its {@link ModelCard}, as far as it says something.
 */
final class CardArrays {
  private static final String CLASSES = "snip4j.classes";
  private static final String MEAN = "snip4j.mean";
  private static final String DEVIATION = "snip4j.deviation";
  private static final String MADE = "snip4j.made";

  /** What they are called. */
  static final Set<String> NAMES = Set.of(CLASSES, MEAN, DEVIATION, MADE);

  private CardArrays() {}

  static void put(NpzWriter writer, ModelCard card) {
    if (!card.classes().isEmpty()) {
      writer.put(CLASSES, lines(card.classes()));
    }
    if (!card.mean().isEmpty()) {
      writer.put(MEAN, vector(card.mean())).put(DEVIATION, vector(card.deviation()));
    }
    if (!card.made().isEmpty()) {
      List<String> made = new ArrayList<>();
      card.made().forEach((key, value) -> made.add(key + "=" + value));
      writer.put(MADE, lines(made));
    }
  }

  /** Texts as lines of one, in which line breaks within them are spaces. */
  private static String lines(List<String> texts) {
    return String.join("\n", texts.stream().map(text -> text.replaceAll("\\R", " ")).toList());
  }

  private static Tensor vector(List<Float> numbers) {
    Tensor vector = Tensor.zeros(Shape.of(numbers.size()));
    for (int i = 0; i < numbers.size(); i++) {
      vector.put(i, numbers.get(i));
    }
    return vector;
  }

  /**
   * The card of a file.
   *
   * @throws BadFileException if what it says does not fit together
   * @throws IOException if it cannot be read
   */
  static ModelCard read(String file, Npz npz) throws IOException {
    Map<String, String> made = new LinkedHashMap<>();
    for (String line : texts(npz, MADE)) {
      int equals = line.indexOf('=');
      made.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
    }
    try {
      return new ModelCard(texts(npz, CLASSES), numbers(npz, MEAN), numbers(npz, DEVIATION), made);
    } catch (IllegalArgumentException e) {
      throw new BadFileException(file, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(Npz npz, String name) throws IOException {
    return npz.names().contains(name) ? List.of(npz.text(name).split("\n", -1)) : List.of();
  }

  private static List<Float> numbers(Npz npz, String name) throws IOException {
    List<Float> numbers = new ArrayList<>();
    if (npz.names().contains(name)) {
      for (float number : npz.finiteFloats(name).toArray()) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}
