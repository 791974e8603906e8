package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Names of files with letters of all languages, where the locale is C. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems do not ask the locale")
class LocaleTest {
  @TempDir Path folder;
  private Path home = Path.of("");

  /** A checkout that is built, and a Java that says what it was given. */
  @BeforeEach
  void checkout() throws IOException {
    home = folder.resolve("home");
    Path app = Files.createDirectories(home.resolve("bench/target/app-1"));
    Files.writeString(home.resolve("pom.xml"), "");
    for (String module :
        List.of("core", "autograd", "nn", "snip", "datasets/mnist", "datasets", "bench")) {
      Files.createDirectories(home.resolve(module + "/src/main"));
      Files.writeString(home.resolve(module + "/pom.xml"), "");
    }
    Files.writeString(app.resolve("snip4j.jar"), "");
    Files.writeString(home.resolve("bench/target/published"), "app-1\n");
    Files.copy(Path.of("../snip4j"), home.resolve("snip4j"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/bash
        echo '    java.specification.version = 17'
        echo "LC_ALL=${LC_ALL-none} last=${*: -1}"
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void theLauncherGivesJavaALocaleThatKnowsAllLetters() throws Exception {
    assertThat(launch("C")).isEqualTo("LC_ALL=C.UTF-8 last=--out=Größe");
    assertThat(launch("POSIX")).isEqualTo("LC_ALL=C.UTF-8 last=--out=Größe");
    assertThat(launch("C.UTF-8")).isEqualTo("LC_ALL=C.UTF-8 last=--out=Größe");
  }

  @Test
  void withoutTheLauncherALostLetterIsNotReplaced() throws Exception {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("-cp");
    java.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    java.add(Snip4j.class.getName());
    java.addAll(List.of("prune", "--out=" + folder + "/Größe.npz"));
    String said = run("C", java, 2);
    assertThat(said)
        .startsWith("snip4j: ")
        .contains("letters of this name are lost: start with LC_ALL=C.UTF-8");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("home", "jdk", "out");
  }

  private String launch(String locale) throws Exception {
    String launcher = home.resolve("snip4j").toString();
    return run(locale, List.of("bash", launcher, "run", "--out=Größe"), 0).lines().toList().get(1);
  }

  /**
   * Runs a program through a shell that reads its words from a script, so that the letters do not
   * depend on the locale of this test.
   */
  private String run(String locale, List<String> words, int code) throws Exception {
    Path out = folder.resolve("out");
    Path script = Files.createTempFile(folder.resolve("jdk"), "run", ".sh");
    StringBuilder line = new StringBuilder("exec");
    words.forEach(word -> line.append(" '").append(word).append("'"));
    Files.writeString(script, line + "\n", StandardCharsets.UTF_8);
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.redirectErrorStream(true).redirectOutput(out.toFile());
    assertThat(builder.start().waitFor()).as(Files.readString(out)).isEqualTo(code);
    return Files.readString(out).strip();
  }
}
