package io.github.snip4j.core.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jblas.NativeBlas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is said where jblas, or what a property asks for, cannot be had: each in a Java of its own.
 */
class JblasLibraryTest {
  @TempDir Path folder;

  /** Prints what the engine says of its settings. */
  static final class Check {
    private Check() {}

    public static void main(String[] arguments) {
      try {
        io.github.snip4j.core.Engine.check();
        System.out.println("all is well: " + GemmChoice.passedOver());
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }

  private String check(boolean withJar, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    String path = home(GemmChoice.class) + java.io.File.pathSeparator + home(Check.class);
    command.add("-cp");
    command.add(withJar ? path + java.io.File.pathSeparator + home(NativeBlas.class) : path);
    command.add(Check.class.getName());
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return text(output);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static String home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamedAndNotABlameOnALibrary() throws Exception {
    Path none = folder.resolve("none");
    assertThat(check(true, "-Djava.io.tmpdir=" + none))
        .contains("all is well")
        .contains("no jblas: its native library cannot be unpacked into java.io.tmpdir=" + none)
        .contains("set -Djava.io.tmpdir to a folder that can be written to")
        .doesNotContain("libgfortran");
  }

  @Test
  void aMissingJarIsSaidToBeMissing() throws Exception {
    assertThat(check(false)).contains("no jblas: its jar is not on the class path");
    assertThat(check(false, "-Dsnip4j.gemm=jblas"))
        .contains(
            "refused: snip4j.gemm=jblas asks for what cannot be had here: no jblas: its jar is not"
                + " on the class path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snip4j.threads=abc | expected a number of threads from 1 to 1024",
        "snip4j.threads=0   | expected a number of threads from 1 to 1024",
        "snip4j.spin=never  | expected microseconds from 0 (do not spin) to 1000",
        "snip4j.gemm=mkl    | there is auto, simd, jblas, scalar",
        "snip4j.checks=yes  | expected true or false",
      })
  void aWrongPropertyIsFoundWhenTheEngineIsChecked(String property, String sentence)
      throws Exception {
    assertThat(check(true, "-D" + property)).contains("refused: " + property + ": " + sentence);
  }

  @Test
  void adviceFollowsWhatTheSystemsLoaderSays() {
    assertThat(
            JblasLibrary.advice(
                new UnsatisfiedLinkError("libgfortran.so.5: cannot open shared object file"), "/t"))
        .isEqualTo(" (on Debian and Ubuntu: apt-get install libgfortran5)");
    assertThat(
            JblasLibrary.advice(
                new UnsatisfiedLinkError("failed to map segment from shared object"), "/t"))
        .contains("programs may not be run from java.io.tmpdir=/t");
    assertThat(JblasLibrary.advice(new UnsatisfiedLinkError("something else"), "/t")).isEmpty();
  }
}
