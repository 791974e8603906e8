package io.github.snip4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Masks;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.jblas.NativeBlas;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program of a user's with a module descriptor of its own: compiled, run, and linked by jlink.
 */
class ModularProgramTest {
  private static final String MAIN = "modular.program/modular.program.Program";

  /** kappa of 266,610 at 98 %, and ten logits for each of two examples. */
  private static final String ANSWER = "kept 5332, logits [10, 2]";

  @TempDir Path folder;

  @BeforeEach
  void compile() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source/modular/program"));
    copy("module-info.java", folder.resolve("source"));
    copy("Program.java", source);
    tool(
        "javac",
        ("--module-path=" + modulePath()),
        "-d",
        folder.resolve("classes").toString(),
        folder.resolve("source/module-info.java").toString(),
        source.resolve("Program.java").toString());
  }

  @Test
  void runsOnTheModulePathWithAndWithoutTheVectorModule() throws Exception {
    assertThat(run(java(), "-p", path(), "-m", MAIN)).contains(ANSWER);
    assertThat(run(java(), "-p", path(), "--add-modules=jdk.incubator.vector", "-m", MAIN))
        .contains(ANSWER, "simd");
  }

  @Test
  void usesJblasWhereItIsAModule() throws Exception {
    try {
      GemmChoice.byName("jblas");
    } catch (IllegalStateException e) {
      Assumptions.abort(e.getMessage());
    }
    String path = path() + File.pathSeparator + location(NativeBlas.class);
    assertThat(run(java(), "-p", path, "--add-modules=jblas", "-Dsnip4j.gemm=jblas", "-m", MAIN))
        .contains(ANSWER);
  }

  @Test
  void isLinkedIntoAnImageOfItsOwn() throws Exception {
    Path image = folder.resolve("image");
    tool(
        "jlink",
        "--module-path=" + path(),
        "--add-modules=modular.program,jdk.incubator.vector",
        "--output=" + image);
    String java = image.resolve("bin/java").toString();
    assertThat(run(java, "-m", MAIN)).contains(ANSWER);
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String path() {
    return modulePath() + File.pathSeparator + folder.resolve("classes");
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static void tool(String name, String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int exit = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments);
    assertThat(exit).as(output.toString()).isZero();
  }

  private static String modulePath() {
    List<Class<?>> one = new ArrayList<>(List.of(Tensor.class, Network.class, Masks.class));
    one.add(io.github.snip4j.autograd.Variable.class);
    return one.stream()
        .map(ModularProgramTest::location)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(String name, Path to) throws IOException {
    String resource = "/modular/" + name + ".txt";
    try (InputStream in =
        Objects.requireNonNull(ModularProgramTest.class.getResourceAsStream(resource))) {
      Files.copy(in, to.resolve(name));
    }
  }
}
