package io.github.snip4j.core.internal.blas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jblas.NativeBlas;
import org.jblas.util.LibraryLoader;

/** The native library of jblas: whether it is wise to load it, and why it could not be loaded. */
final class JblasLibrary {
  /** What is said where {@link #wouldKeepItsClassLoader}. */
  static final String KEEPS_CLASS_LOADER =
      "no jblas unless it is asked for: it came with a class loader of its own, which could never be"
          + " unloaded again, as jblas registers a shutdown hook; -D"
          + GemmChoice.PROPERTY
          + "=jblas takes it all the same";

  private JblasLibrary() {}

  /** Whether the classes of jblas are there. To be asked before anything else is done with them. */
  static boolean hasJar() {
    Module own = JblasLibrary.class.getModule(); // jblas has no module name that it could require
    ModuleLayer.boot().findModule("jblas").ifPresent(own::addReads);
    own.addReads(JblasLibrary.class.getClassLoader().getUnnamedModule());
    try {
      return !NativeBlas.class.getName().isEmpty(); // found, but not initialised
    } catch (NoClassDefFoundError e) { // the answer
      return false;
    }
  }

  /**
   * Whether jblas belongs to a part of the program that may end before it does, like a web
   * application in its server: to a class loader other than those that the program began with.
   */
  static boolean wouldKeepItsClassLoader() {
    if (!hasJar()) {
      return false;
    }
    ClassLoader ofJblas = NativeBlas.class.getClassLoader();
    for (ClassLoader l = ClassLoader.getSystemClassLoader(); l != null; l = l.getParent()) {
      if (l == ofJblas) {
        return false;
      }
    }
    return ofJblas != null;
  }

  /** The cause, which jblas itself keeps silent about, and what to do: a clause. */
  static String whyItFails() {
    return Failure.CAUSE;
  }

  /** Found out once: a second attempt only says that the first has failed. */
  private static final class Failure {
    static final String CAUSE = cause();
  }

  private static String cause() {
    String folder = System.getProperty("java.io.tmpdir");
    try {
      Files.delete(Files.createTempFile(Path.of(folder), "snip4j", ".tmp"));
    } catch (IOException e) {
      return ("its native library cannot be unpacked into java.io.tmpdir="
              + folder
              + " ("
              + e
              + "):")
          + " set -Djava.io.tmpdir to a folder that can be written to";
    }
    try {
      new LibraryLoader().loadLibrary("jblas", true);
      return "its native library was not unpacked: is there room in java.io.tmpdir=" + folder + "?";
    } catch (LinkageError | RuntimeException e) { // jblas has one of its own
      return "its native library cannot be loaded: " + e.getMessage() + advice(e, folder);
    }
  }

  /** What helps against what the system's loader says. */
  static String advice(Throwable error, String folder) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("libgfortran")) {
      return " (on Debian and Ubuntu: apt-get install libgfortran5)";
    }
    if (message.contains("failed to map segment") || message.contains("not permitted")) {
      return (" (programs may not be run from java.io.tmpdir=" + folder + ": set it to another")
          + " folder)";
    }
    return "";
  }
}
