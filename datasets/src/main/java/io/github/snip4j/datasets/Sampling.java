package io.github.snip4j.datasets;

import io.github.snip4j.core.random.Seed;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** How one batch is chosen among examples, without repetition. */
public final class Sampling {
  private static final int EACH = -1;
  private static final int ANY = -2;

  private final int kind; // one of the above, or the only class

  private Sampling(int kind) {
    this.kind = kind;
  }

  /** Any examples. */
  public static Sampling random() {
    return new Sampling(ANY);
  }

  /**
   * Equally many examples of each class, or one more of some where the number does not divide. Of
   * fewer examples than there are classes each is of another class, and some classes are missing.
   */
  public static Sampling balanced() {
    return new Sampling(EACH);
  }

  /** Examples of one class only. */
  public static Sampling ofClass(int label) {
    if (label < 0) {
      throw new IllegalArgumentException("sampling: class " + label + " is negative");
    }
    return new Sampling(label);
  }

  /**
   * Goes through the examples in random order, and takes those that are still wanted.
   *
   * @param labelOf the class of each of 0 .. size-1
   * @throws IllegalArgumentException if there are not enough
   */
  int[] choose(int count, int size, int classes, IntUnaryOperator labelOf, Seed seed) {
    int[] order = seed.permutation(size);
    if (kind == ANY) {
      return Arrays.copyOf(order, count);
    }
    int[] wanted = new int[classes];
    int extra = 0; // that many classes may give one more
    if (kind == EACH) {
      Arrays.fill(wanted, count / classes);
      extra = count % classes;
    } else if (kind < classes) {
      wanted[kind] = count;
    } else {
      throw new IllegalArgumentException(
          "sampling: class " + kind + ": expected 0 to " + (classes - 1));
    }
    int[] chosen = new int[count];
    int found = 0;
    for (int i = 0; i < size && found < count; i++) {
      int label = labelOf.applyAsInt(order[i]);
      if (wanted[label] > 0 || (wanted[label] == 0 && extra > 0 && kind == EACH)) {
        extra -= wanted[label] == 0 ? 1 : 0;
        wanted[label]--;
        chosen[found++] = order[i];
      }
    }
    if (found < count) {
      throw new IllegalArgumentException(lacking(count, size, labelOf));
    }
    return chosen;
  }

  private String lacking(int count, int size, IntUnaryOperator labelOf) {
    if (kind == EACH) {
      return "sampling: a class has too few of the " + size + " examples for a balanced " + count;
    }
    long there = Arrays.stream(identity(size)).map(labelOf).filter(k -> k == kind).count();
    return "sampling: " + count + " of class " + kind + " wanted, but there are only " + there;
  }

  static int[] identity(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }
}
