package io.github.snip4j.core.data;

import io.github.snip4j.core.tensor.Shape;
import java.util.Arrays;

/**
 * How examples lie in an array that comes from elsewhere. A count of numbers says nothing of their
 * order, so only two layouts are taken, and for others there is a guess of what they are.
 */
final class ExampleLayout {
  private ExampleLayout() {}

  /**
   * Refuses an array that is neither {@code [n, example axes ...]} nor {@code [n, elements]}.
   *
   * @throws IllegalArgumentException if it is another, and says what it looks like
   */
  static void check(Shape x, Shape example, int n) {
    int[] separate = new int[example.rank() + 1];
    separate[0] = n;
    System.arraycopy(example.toArray(), 0, separate, 1, example.rank());
    Shape flat = Shape.of(n, example.size());
    if (x.equals(Shape.of(separate)) || x.equals(flat)) {
      return;
    }
    throw new IllegalArgumentException(
        ("batch: " + x + " with " + n + " labels: expected " + Shape.of(separate))
            + (example.rank() == 1 ? "" : " or " + flat)
            + looksLike(x, example, n));
  }

  private static String looksLike(Shape x, Shape example, int n) {
    int[] dims = x.toArray();
    int[] e = example.toArray();
    if (dims.length == 4 && e.length == 3) {
      if (Arrays.equals(dims, new int[] {n, e[1], e[2], e[0]})) {
        return "; this looks like channels last, which x.transpose(0, 3, 1, 2) puts first";
      }
      if (Arrays.equals(dims, new int[] {n, e[0], e[2], e[1]})) {
        return "; this looks like height and width exchanged";
      }
      if (Arrays.equals(dims, new int[] {e[0], e[1], e[2], n})) {
        return "; this looks like examples last, which x.transpose(3, 0, 1, 2) puts first";
      }
    }
    if (e.length == 3 && e[0] == 1 && Arrays.equals(dims, new int[] {n, e[1], e[2]})) {
      return "; this looks like grey pictures without an axis for the channel, which x[:, None]"
          + " adds";
    }
    if (dims.length > 0 && dims[0] != n && x.size() == n * example.size()) {
      return "; the first axis must be the examples";
    }
    return "";
  }
}
