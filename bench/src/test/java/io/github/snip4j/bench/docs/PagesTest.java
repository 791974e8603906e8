package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README and the pages in docs: what they show, point to and say of themselves is true. */
class PagesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)]+)\\)");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile("(?m)\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?(?:\\([^`]*)?`");
  private static final int MOST_WORDS_OF_README = 900;

  @Test
  void theReadmeIsReadInAFewMinutes() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme.strip().split("\\s+")).hasSizeLessThanOrEqualTo(MOST_WORDS_OF_README);
  }

  @Test
  void everythingThatPagesPointToIsThere() throws IOException {
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        links++;
        String[] parts = link.group(1).split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        assertThat(target).as(page + " points to " + link.group(1)).exists();
        if (parts.length == 2) {
          assertThat(anchors(target)).as(page + " points to " + link.group(1)).contains(parts[1]);
        }
      }
    }
    assertThat(links).isGreaterThan(50);
  }

  private static List<String> anchors(Path page) throws IOException {
    return Files.readAllLines(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(
            line ->
                line.replaceAll("^#+ +", "").toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
        .map(line -> line.replace(' ', '-'))
        .toList();
  }

  /** A type as {@code Type} or {@code Type.method}. */
  @ParameterizedTest
  @ValueSource(strings = {"architecture.md", "extending.md"})
  void everyTypeAndMethodThatIsNamedIsThere(String page) throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("core", "autograd", "nn", "snip", "datasets", "bench")) {
      for (Path file : below(ROOT.resolve(module).resolve("src"), ".java")) {
        String text = Files.readString(file);
        Matcher type = TYPE.matcher(text);
        while (type.find()) {
          sources.merge(type.group(1), text, String::concat);
        }
      }
    }
    Matcher name = NAMED.matcher(Files.readString(ROOT.resolve("docs").resolve(page)));
    List<String> wrong = new ArrayList<>();
    int names = 0;
    while (name.find()) {
      names++;
      String source = sources.get(name.group(1));
      String member = name.group(2) == null ? "" : name.group(2);
      if (source == null || !Pattern.compile("\\b" + member).matcher(source).find()) {
        wrong.add(name.group());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(names).isGreaterThan(20);
  }

  @Test
  void everyLineOfJavaIsCompiledAndRunByATest() throws IOException {
    List<String> tested = new ArrayList<>();
    for (Path source : below(Path.of("src/test/java/io/github/snip4j/bench/docs"), ".java")) {
      String[] parts = Files.readString(source).split(" +// SHOWN\n", -1);
      for (int i = 1; i < parts.length; i += 2) {
        tested.add(parts[i].stripTrailing().stripIndent());
      }
    }
    for (Path source : below(Path.of("src/test/resources/modular"), ".txt")) {
      tested.add(Files.readString(source).strip());
    }
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      Matcher block = JAVA.matcher(Files.readString(page));
      while (block.find()) {
        String lines = block.group(1).strip();
        assertThat(tested).as("shown in " + page).anyMatch(test -> test.contains(lines));
        shown.add(lines);
      }
    }
    assertThat(shown).hasSizeGreaterThan(8);
  }

  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(below(ROOT.resolve("docs"), ".md"));
    for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md")) {
      pages.add(ROOT.resolve(name));
    }
    return pages;
  }

  private static List<Path> below(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
