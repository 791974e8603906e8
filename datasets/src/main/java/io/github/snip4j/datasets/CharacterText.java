package io.github.snip4j.datasets;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A text as numbers of its characters, to learn to tell the next one. Immutable.
 *
 * @param alphabet the characters that occur, in the order of their code points: a character's
 *     number is its place
 * @param text whose characters all occur in the alphabet
 */
public record CharacterText(String alphabet, String text) {
  /**
   * @throws IllegalArgumentException if a character of the text is not in the alphabet, or one is
   *     in it twice
   */
  public CharacterText {
    Set<Integer> known = alphabet.chars().boxed().collect(Collectors.toSet());
    if (known.size() != alphabet.length()) {
      throw new IllegalArgumentException("text: a character is in the alphabet twice");
    }
    OptionalInt unknown = text.chars().filter(c -> !known.contains(c)).findFirst();
    if (unknown.isPresent()) {
      throw new IllegalArgumentException(
          ("text: the character with code point " + unknown.getAsInt() + " is not among the ")
              + (known.size() + " of the alphabet"));
    }
  }

  /**
   * A text with the characters that occur in it.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static CharacterText of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("text: it is empty: expected a character or more");
    }
    StringBuilder alphabet = new StringBuilder();
    text.chars().sorted().distinct().forEach(c -> alphabet.append((char) c));
    return new CharacterText(alphabet.toString(), text);
  }

  /** How many different characters there are. */
  public int words() {
    return alphabet.length();
  }

  /** The number of a character; -1 if it does not occur. */
  public int number(char character) {
    return alphabet.indexOf(character);
  }

  /** A part of the text, with the same alphabet. */
  public CharacterText part(int from, int to) {
    return new CharacterText(alphabet, text.substring(from, to));
  }

  /**
   * Endless batches of pieces of the text, each from a place that is drawn at random, with what
   * follows each character as labels: x {@code [T, N]}, labels {@code [T, N]}.
   *
   * @param context T, shorter than the text
   * @param batch N
   * @param perEpoch how many batches count as an epoch, as for an evaluation
   * @throws IllegalArgumentException if the text is too short
   */
  public BatchSource pieces(int context, int batch, int perEpoch, Seed seed) {
    if (context < 1 || batch < 1 || perEpoch < 1 || context >= text.length()) {
      throw new IllegalArgumentException(
          ("text of " + text.length() + " characters: pieces of " + context + ", " + batch)
              + (" at a time, " + perEpoch + " times: expected 1 or more, and a longer text"));
    }
    int[] numbers = numbers();
    return new BatchSource() {
      @Override
      public Batch at(long step) {
        Seed own = seed.child(step);
        Tensor x = Tensor.zeros(Shape.of(context, batch));
        int[] next = new int[context * batch];
        for (int n = 0; n < batch; n++) {
          int start = own.below(n, numbers.length - context);
          for (int t = 0; t < context; t++) {
            x.put(t * batch + n, numbers[start + t]);
            next[t * batch + n] = numbers[start + t + 1];
          }
        }
        return new Batch(x, Targets.labels(next, batch));
      }

      @Override
      public int batchesPerEpoch() {
        return perEpoch;
      }
    };
  }

  private int[] numbers() {
    int[] of = new int[Character.MAX_VALUE + 1];
    for (int k = 0; k < alphabet.length(); k++) {
      of[alphabet.charAt(k)] = k;
    }
    return text.chars().map(c -> of[c]).toArray();
  }
}
