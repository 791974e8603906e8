package io.github.snip4j.core.internal.backend;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** Whether the kernels on the Vector API can be had in this JVM, and loading them by name. */
public final class VectorModule {
  private static final String PACKAGE = "io.github.snip4j.core.internal.simd.";

  private VectorModule() {}

  /**
   * A new instance of one of the classes on the Vector API.
   *
   * @param simpleName of a class with a constructor without arguments
   * @throws UnsupportedOperationException if it cannot be had here: why, and how to get it
   */
  public static <T> T load(String simpleName, Class<T> type) {
    Optional<Module> vector = ModuleLayer.boot().findModule("jdk.incubator.vector");
    if (vector.isEmpty()) {
      throw new UnsupportedOperationException(
          "no simd: start java with --add-modules jdk.incubator.vector for the fast kernels");
    }
    if (!hasOptimisingCompiler()) {
      throw new UnsupportedOperationException(
          "no simd: this JVM runs without its optimising compiler (C2), which the vector kernels"
              + " need");
    }
    VectorModule.class.getModule().addReads(vector.get()); // its name in our descriptor would warn
    try {
      return Class.forName(PACKAGE + simpleName)
          .asSubclass(type)
          .getDeclaredConstructor()
          .newInstance();
    } catch (InvocationTargetException e) {
      throw new UnsupportedOperationException("no simd: " + e.getCause(), e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UnsupportedOperationException("no simd: " + e, e);
    }
  }

  /** False under -Xint and -XX:TieredStopAtLevel=1, and on virtual machines that have no C2. */
  private static boolean hasOptimisingCompiler() {
    String info = System.getProperty("java.vm.info", "");
    return (info.contains("mixed mode") && !info.contains("emulated-client"))
        || info.contains("compiled mode");
  }
}
