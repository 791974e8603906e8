package io.github.snip4j.core.internal.blas;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.VectorModule;
import io.github.snip4j.core.internal.checks.SettingException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link Gemm} this program uses: the first of {@code simd}, {@code jblas}, {@code scalar}
 * that can be had, or the one that {@code -Dsnip4j.gemm=NAME} names.
 *
 * <p>The choice is made at first use, once, and is one INFO line of the logger {@code
 * io.github.snip4j}.
 */
public final class GemmChoice {
  /** The system property that forces one: {@code simd}, {@code jblas}, {@code scalar}. */
  public static final String PROPERTY = KernelChoice.BACKEND_PROPERTY;

  /** The names, best first. */
  public static final List<String> NAMES = List.of("simd", "jblas", "scalar");

  private final @Nullable Gemm gemm;
  private final String reason;

  private GemmChoice(@Nullable Gemm gemm, String reason) {
    this.gemm = gemm;
    this.reason = reason;
  }

  /**
   * The implementation in use.
   *
   * @throws IllegalStateException if one was forced that does not exist or cannot be had here
   */
  public static Gemm chosen() {
    if (Chosen.ONCE.gemm == null) {
      throw new SettingException(Chosen.ONCE.reason);
    }
    return Chosen.ONCE.gemm;
  }

  /** Why the better ones, if any, were passed over: one line, or empty. */
  public static String passedOver() {
    return Chosen.ONCE.reason;
  }

  /**
   * One implementation by name, for tests and benchmarks.
   *
   * @throws IllegalStateException if it does not exist or cannot be had here, and why
   */
  public static Gemm byName(String name) {
    GemmChoice attempt = attempt(name);
    if (attempt.gemm == null) {
      throw new IllegalStateException(attempt.reason);
    }
    return attempt.gemm;
  }

  /** Made when first asked for, so that {@link #byName} does not choose. */
  private static final class Chosen {
    static final GemmChoice ONCE = choose(System.getProperty(PROPERTY, "auto"));
  }

  private static GemmChoice choose(String asked) {
    GemmChoice choice = asked.equals("auto") ? firstAvailable() : forced(asked);
    if (choice.gemm != null) {
      System.getLogger("io.github.snip4j")
          .log(
              System.Logger.Level.INFO,
              "matrix products: "
                  + choice.gemm.description()
                  + (choice.reason.isEmpty() ? "" : "; " + choice.reason));
    }
    return choice;
  }

  private static GemmChoice forced(String name) {
    GemmChoice attempt = attempt(name);
    return attempt.gemm != null || !NAMES.contains(name)
        ? attempt
        : new GemmChoice(
            null, PROPERTY + "=" + name + " asks for what cannot be had here: " + attempt.reason);
  }

  private static GemmChoice firstAvailable() {
    List<String> reasons = new ArrayList<>();
    for (String name : NAMES) {
      GemmChoice attempt =
          name.equals("jblas") && JblasLibrary.wouldKeepItsClassLoader()
              ? new GemmChoice(null, JblasLibrary.KEEPS_CLASS_LOADER)
              : attempt(name);
      if (attempt.gemm != null) {
        return new GemmChoice(attempt.gemm, String.join("; ", reasons));
      }
      reasons.add(attempt.reason);
    }
    throw new AssertionError("scalar is always there");
  }

  private static GemmChoice attempt(String name) {
    return switch (name) {
      case "simd" -> simd();
      case "jblas" -> jblas();
      case "scalar" -> new GemmChoice(new ScalarGemm(), "");
      default ->
          new GemmChoice(
              null, PROPERTY + "=" + name + ": there is auto, " + String.join(", ", NAMES));
    };
  }

  private static GemmChoice simd() {
    try {
      return new GemmChoice(VectorModule.load("SimdGemm", Gemm.class), "");
    } catch (UnsupportedOperationException e) {
      return new GemmChoice(null, String.valueOf(e.getMessage()));
    }
  }

  private static GemmChoice jblas() {
    if (!JblasLibrary.hasJar()) {
      return new GemmChoice(null, "no jblas: its jar is not on the class path");
    }
    try {
      return new GemmChoice(new JblasGemm(), "");
    } catch (LinkageError e) {
      return new GemmChoice(null, "no jblas: " + JblasLibrary.whyItFails());
    }
  }
}
