package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs in {@code examples} run as their first lines say, here with few steps. */
class ExamplesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nn/examples/layer/OwnLayer.java                    | 400 | of a product of variance 1
          snip/examples/csv/CsvClassifier.java               | 600 | the first row is of red, predicted: red
          snip/examples/pytorch/FromPyTorchAndBack.java      | 100 | has the same logits: yes
          snip/examples/criterion/OwnCriterion.java          | 100 | snip: kept 5332
          snip/examples/operation/OwnOperation.java          | 300 | kept 909 of 4545 connections: mean squared error 0.00
          snip/examples/text/CharacterDecoder.java           | 30  | moving: 15,863 of 104,337 parameters
          snip/examples/server/SparseServer.java             | 100 | three numbers: 400, expected 784
          snip/examples/comparison/ComparingCriteria.java    | 20  | random
          """)
  void runs(String program, int steps, String says) throws IOException, InterruptedException {
    assertThat(run(program, "-Dsteps=" + steps)).contains(says);
  }

  @Test
  void eachSaysWhatItShowsAndHowToRunItAndIsLinkedFromAPage() throws IOException {
    List<String> listed = new ArrayList<>();
    StringBuilder pages = new StringBuilder();
    for (Path page : PagesTest.pages()) {
      pages.append(Files.readString(page));
    }
    for (String module : List.of("core", "autograd", "nn", "snip", "datasets", "bench")) {
      Path examples = ROOT.resolve(module).resolve("examples");
      if (!Files.isDirectory(examples)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(examples)) {
        files.filter(Files::isRegularFile).forEach(f -> listed.add(ROOT.relativize(f).toString()));
      }
    }
    assertThat(listed).hasSize(8);
    for (String program : listed) {
      String text = Files.readString(ROOT.resolve(program));
      assertThat(text).startsWith("// ").contains(" " + program);
      assertThat(pages).contains("(../" + program + ")");
      assertThat(text).as("internal packages are not for users").doesNotContain(".internal.");
    }
  }

  private static String run(String program, String option)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("example", ".log");
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  option,
                  "--add-modules=jdk.incubator.vector",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  ROOT.resolve(program).toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).as(program).isTrue();
      String output = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      Files.delete(log);
    }
  }
}
