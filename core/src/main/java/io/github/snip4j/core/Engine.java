package io.github.snip4j.core;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.checks.Checks;
import io.github.snip4j.core.internal.checks.SettingException;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * What a program tells the engine by system properties, each read once, before anything is
 * computed.
 *
 * <table>
 * <caption>Properties</caption>
 * <tr><th>property</th><th>values</th><th>what it does</th></tr>
 * <tr><td>{@code snip4j.threads}</td><td>1 to 1024</td>
 *     <td>threads that compute, the caller included; by default one per processor</td></tr>
 * <tr><td>{@code snip4j.spin}</td><td>0 to 1000</td>
 *     <td>microseconds that an idle worker looks for more work before it sleeps, at most and where
 *     that pays; by default 50. 0 forbids it</td></tr>
 * <tr><td>{@code snip4j.gemm}</td><td>auto, simd, jblas, scalar</td>
 *     <td>matrix products; by default auto, the first of the others that can be had</td></tr>
 * <tr><td>{@code snip4j.checks}</td><td>true, false</td>
 *     <td>fills arrays with NaN before they are used again, so that tensors that are kept too long
 *     show; by default false. It costs time</td></tr>
 * </table>
 */
public final class Engine {
  private Engine() {}

  /**
   * Checks the properties, and chooses what to compute with. Making a network does so too: a
   * program that calls it when it starts learns of a mistake before the first request does.
   *
   * @throws IllegalStateException if one of them is wrong, or names matrix products that cannot be
   *     had here: which, why, and what would be right
   */
  public static void check() {
    String mistake = Checks.mistake();
    if (mistake != null) {
      throw new SettingException(mistake);
    }
    Parallel.check();
    GemmChoice.chosen();
  }
}
