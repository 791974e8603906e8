package io.github.snip4j.snip.diagnosis;

import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of each element of a variable without knowing any weight: four tensors of 0 and
 * 1 in the variable's shape, where null stands for zeros.
 */
final class Signal {
  /** Whether it can be other than 0. */
  final Tensor present;

  /**
   * Whether an input changes it. One that is the same object as {@link #present} is equal to it.
   */
  final @Nullable Tensor changing;

  /** Whether it changes a logit. */
  private @Nullable Tensor use;

  /** Whether it changes a logit by being multiplied by what an input changes. */
  private @Nullable Tensor path;

  private Signal(Tensor present, @Nullable Tensor changing) {
    this.present = present;
    this.changing = changing;
  }

  /** Signals from numbers: a number above 0 is yes. */
  static Signal of(Tensor present, @Nullable Tensor changing) {
    Tensor cut = cutOff(present);
    return new Signal(cut, changing == present ? cut : changing == null ? null : cutOff(changing));
  }

  /** A value that no input changes. */
  static Signal constant(Tensor value) {
    Tensor present = Tensor.zeros(value.shape());
    float[] from = value.data();
    float[] to = present.data();
    int offset = value.offset() - present.offset();
    for (int i = present.offset(); i < present.offset() + present.size(); i++) {
      to[i] = from[i + offset] == 0 ? 0f : 1f;
    }
    return new Signal(present, null);
  }

  /** An element for each of this, present wherever this is, or everywhere. */
  Signal oneToOne(boolean everywhere) {
    return new Signal(everywhere ? Tensor.full(shape(), 1f) : present, changing);
  }

  Shape shape() {
    return present.shape();
  }

  /** Whether what is present is just what changes, so that one computation does for both. */
  boolean changesWherePresent() {
    return changing == present || (changing == null && !any(present));
  }

  Tensor changingOrZeros() {
    return changing == null ? Tensor.zeros(shape()) : changing;
  }

  @Nullable Tensor use() {
    return use;
  }

  @Nullable Tensor path() {
    return path;
  }

  /** Adds to what is known to be of use. */
  void addUse(@Nullable Tensor more) {
    use = either(use, more);
  }

  /** Adds to what is known to be on a path. */
  void addPath(@Nullable Tensor more) {
    path = either(path, more);
  }

  private static @Nullable Tensor either(@Nullable Tensor known, @Nullable Tensor more) {
    if (more == null) {
      return known;
    }
    Tensor cut = cutOff(more);
    return known == null ? cut : cutOff(Broadcast.add(known, cut));
  }

  static boolean any(Tensor t) {
    for (int i = 0; i < t.size(); i++) {
      if (t.at(i) > 0) {
        return true;
      }
    }
    return false;
  }

  /** 1 where x > 0, else 0, so that nothing overflows and nothing fades, however deep. */
  private static Tensor cutOff(Tensor x) {
    Tensor y = Tensor.zeros(x.shape());
    float[] from = x.data();
    float[] to = y.data();
    int offset = x.offset() - y.offset();
    for (int i = y.offset(); i < y.offset() + y.size(); i++) {
      to[i] = from[i + offset] > 0 ? 1f : 0f;
    }
    return y;
  }
}
