package io.github.snip4j.core.internal.backend;

/**
 * What a step of long short-term memory does with each element of its state, once the sums are
 * there. The bits are those of {@link FloatMath} and of one operation after another, in every
 * implementation.
 *
 * <p>The gates i, f, g, o, and their gradients, lie {@code step} apart.
 */
public interface LstmKernels {
  /**
   * From the sums to h: the gates are replaced by i, f, o = sigmoid and g = tanh of themselves; c =
   * f cBefore + i g; squashed = tanh c; h = o squashed.
   *
   * @param gates of i, from {@code at}
   * @param before where c<sub>t-1</sub> begins in {@code cells}, {@code after} where c<sub>t</sub>
   */
  void forward(
      int n,
      float[] gates,
      int at,
      int step,
      float[] cells,
      int before,
      int after,
      float[] squashed,
      int squashedAt,
      float[] h,
      int hAt);

  /**
   * From the gradients with respect to h<sub>t</sub> and c<sub>t</sub> to those by the sums and by
   * c<sub>t-1</sub>.
   *
   * @param dh not modified
   * @param dc by c<sub>t</sub>, as far as through later steps; becomes that by c<sub>t-1</sub>
   * @param dSums of i, from {@code dSumsAt}
   * @param total gains the gradients by the sums: of i, from {@code totalAt}
   */
  void backward(
      int n,
      float[] gates,
      int at,
      int step,
      float[] cells,
      int before,
      float[] squashed,
      int squashedAt,
      float[] dh,
      int dhAt,
      float[] dc,
      int dcAt,
      float[] dSums,
      int dSumsAt,
      float[] total,
      int totalAt);
}
