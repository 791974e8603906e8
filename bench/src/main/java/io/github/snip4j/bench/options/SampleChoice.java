package io.github.snip4j.bench.options;

import io.github.snip4j.datasets.Sampling;
import java.util.List;

/** How a batch is chosen, in a word: {@code random}, {@code balanced}, {@code class:K}. */
public final class SampleChoice {
  private static final String CLASS = "class:";

  private SampleChoice() {}

  /** Whether this is such a word; whether there is such a class is another question. */
  public static boolean isKnown(String word) {
    return word.equals("random")
        || word.equals("balanced")
        || (word.startsWith(CLASS) && word.length() > CLASS.length());
  }

  /**
   * The choice of this word.
   *
   * @param classNames those of the dataset; {@code K} is one of them, or its number
   * @throws IllegalArgumentException if there is no such choice
   */
  public static Sampling of(String word, List<String> classNames) {
    if (word.equals("random")) {
      return Sampling.random();
    }
    if (word.equals("balanced")) {
      return Sampling.balanced();
    }
    String k = word.startsWith(CLASS) ? word.substring(CLASS.length()) : "";
    int label = classNames.indexOf(k);
    if (label < 0 && k.matches("[0-9]{1,3}")) {
      label = Integer.parseInt(k);
    }
    if (label < 0 || label >= classNames.size()) {
      throw new IllegalArgumentException(
          ("'" + word + "': expected random, balanced, or class:K with K from 0 to ")
              + ((classNames.size() - 1) + " or a name, as in class:" + classNames.get(0)));
    }
    return Sampling.ofClass(label);
  }
}
