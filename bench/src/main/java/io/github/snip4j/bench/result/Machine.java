package io.github.snip4j.bench.result;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.parallel.Parallel;

/**
 * What a run computes on.
 *
 * @param kernels the matrix products in use
 * @param passedOver why better ones are not, or empty
 * @param snip4j its version
 * @param jdk version and vendor of the Java that runs
 */
public record Machine(
    String kernels, String passedOver, int threads, String snip4j, String jdk, String system) {
  /**
   * This one; the engine's choices are made here if they have not been yet.
   *
   * @throws IllegalStateException if kernels were forced that cannot be had
   */
  public static Machine here() {
    return new Machine(
        GemmChoice.chosen().description(),
        GemmChoice.passedOver(),
        Parallel.threads(),
        version(),
        java(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  /** The version in the jar's manifest; {@code development} outside a jar. */
  public static String version() {
    String version = Machine.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Version and vendor of the JDK. */
  public static String java() {
    return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
  }
}
