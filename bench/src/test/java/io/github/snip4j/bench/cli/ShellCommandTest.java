package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code snip4j shell}. */
class ShellCommandTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void takesTheLinesOfTheReadme() throws Exception {
    Matcher readme = JAVA.matcher(Files.readString(Path.of("../README.md")));
    assertThat(readme.find()).isTrue();
    String output =
        typed(
            readme.group(1)
                + """
                System.out.println("kept " + masks.kept() + ", error below 5 %: " + (error < 0.05))
                System.out.println(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())
                """);
    assertThat(output).contains("kept 5332, error below 5 %: true\n", "\ntrue\n");
    assertThat(output).doesNotContainIgnoringCase("error:");
  }

  @Test
  void runsAFileAndGivesItsExitCode() throws Exception {
    Path file = folder.resolve("lines.jsh");
    Files.writeString(file, "System.out.println(Shape.of(2, 3).size())\n/exit 3\n");
    SubProcess.Result result = SubProcess.run(List.of(), "shell", file.toString());
    assertThat(result.output()).isEqualTo("6\n");
    assertThat(result.exitCode()).isEqualTo(3);
  }

  @Test
  void importsEveryPackageThatOtherProgramsMayUse() throws IOException {
    TreeSet<String> exported = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/public-types.txt"))) {
      if (line.startsWith(" ")) { // "  io.github.snip4j.core.tensor.Tensor"
        exported.add(line.strip().replaceAll("\\.[A-Z].*", ""));
      }
    }
    try (InputStream in =
        Objects.requireNonNull(ShellCommand.class.getResourceAsStream(ShellCommand.STARTUP))) {
      assertThat(
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .lines()
                  .filter(line -> line.startsWith("import")))
          .as("a package that is exported has its line in " + ShellCommand.STARTUP)
          .isEqualTo(
              exported.stream()
                  .map(name -> "import " + name + ".*;")
                  .collect(Collectors.toCollection(ArrayList::new)));
    }
  }

  private String typed(String lines) throws IOException, InterruptedException {
    Path log = folder.resolve("shell.log");
    Process shell =
        SubProcess.start(log, List.of("--add-modules=jdk.incubator.vector"), "shell", "-");
    try (OutputStream keyboard = shell.getOutputStream()) {
      keyboard.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(shell.waitFor(300, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(log);
    assertThat(shell.exitValue()).as(output).isZero();
    return output;
  }
}
