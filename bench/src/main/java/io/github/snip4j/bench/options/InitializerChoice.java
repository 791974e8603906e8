package io.github.snip4j.bench.options;

import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.Normal;
import io.github.snip4j.nn.init.Orthogonal;
import io.github.snip4j.nn.init.TruncatedNormal;
import io.github.snip4j.nn.init.VarianceScaling;

/**
 * How weights are drawn, in a word: {@code lecun}, {@code glorot}, {@code he}, {@code orthogonal},
 * or {@code normal} and {@code truncated-normal}, which may say their deviation, as in {@code
 * normal:0.1}.
 */
public final class InitializerChoice {
  /** The default of the authors' code. */
  public static final String LECUN = "lecun";

  private InitializerChoice() {}

  /**
   * The initialiser of this word.
   *
   * @param field that holds the word
   * @throws OptionException if there is none
   */
  public static Initializer of(String field, String word) {
    int colon = word.indexOf(':');
    String name = colon < 0 ? word : word.substring(0, colon);
    try {
      double deviation = colon < 0 ? 1 : Double.parseDouble(word.substring(colon + 1));
      if (name.equals("normal")) {
        return new Normal(deviation);
      }
      if (name.equals("truncated-normal")) {
        return new TruncatedNormal(deviation);
      }
    } catch (IllegalArgumentException e) {
      throw unknown(field, word);
    }
    return switch (word) {
      case LECUN -> VarianceScaling.lecun();
      case "glorot" -> VarianceScaling.glorot();
      case "he" -> VarianceScaling.he();
      case "orthogonal" -> new Orthogonal(1);
      default -> throw unknown(field, word);
    };
  }

  private static OptionException unknown(String field, String word) {
    return new OptionException(
        "%s %s: expected lecun, glorot, he, orthogonal, normal or truncated-normal, or these two"
            + " with a deviation above 0, as in normal:0.1",
        OptionException.field(field), word);
  }

  /** This word's initialiser, in words. */
  static String inWords(String word) {
    return switch (word) {
      case LECUN -> "variance scaling 1 / fan in, truncated normal";
      case "glorot" -> "variance scaling 2 / (fan in + fan out), uniform";
      case "he" -> "variance scaling 2 / fan in, truncated normal";
      case "orthogonal" -> "orthogonal";
      default -> word.replace('-', ' ').replace(":", " of deviation ");
    };
  }
}
