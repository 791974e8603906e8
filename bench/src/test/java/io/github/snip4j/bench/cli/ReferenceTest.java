package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The reference is what the commands print of themselves, and the commands that pages show have
 * options that exist. {@code -Dupdate=true} writes the reference anew.
 */
class ReferenceTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Path REFERENCE = DOCS.resolve("reference");
  private static final int WIDTH = 100;

  /** A command in an indented block, without its comment. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ {4}\\./snip4j((?: +(?![#\\\\])[^\\s#]+)*(?: \\\\\n.*)*)");

  @Test
  void theReferenceIsWhatTheCommandsPrint() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder index =
        new StringBuilder("# Reference\n\nWhat each command prints with `--help`.\n\n");
    CommandLine root = Snip4j.commandLine(new Snip4j());
    add(root, "snip4j", pages);
    pages
        .keySet()
        .forEach(name -> index.append("- [" + name.replace('-', ' ') + "](" + name + ".md)\n"));
    pages.put("README", index.toString());
    if (Boolean.getBoolean("update")) {
      Files.createDirectories(REFERENCE);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(REFERENCE.resolve(page.getKey() + ".md"), page.getValue());
      }
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(REFERENCE.resolve(page.getKey() + ".md"))
          .as("to write it anew, run this test with -Dupdate=true")
          .content()
          .isEqualTo(page.getValue());
    }
    try (Stream<Path> files = Files.list(REFERENCE)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(pages.keySet());
    }
  }

  private static void add(CommandLine command, String name, Map<String, String> pages) {
    command.setUsageHelpWidth(WIDTH);
    String usage = command.getUsageMessage(Ansi.OFF).replaceAll("(?m) +$", "").strip();
    pages.put(name, "# " + name.replace('-', ' ') + "\n\n```\n" + usage + "\n```\n");
    command
        .getSubcommands()
        .forEach(
            (sub, line) -> {
              if (!sub.equals("help")) {
                add(line, name + "-" + sub, pages);
              }
            });
  }

  @Test
  void everyCommandThatIsShownCanBeTyped() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(Path.of("../README.md")));
    try (Stream<Path> files = Files.walk(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
    }
    int commands = 0;
    for (Path page : pages) {
      Matcher command = COMMAND.matcher(Files.readString(page));
      while (command.find()) {
        String line = command.group(1).replace("\\\n", " ").replace("'", "").strip();
        if (!line.startsWith("bench")) { // its options are JMH's
          assertThat(parses(line)).as(page + ": ./snip4j " + line).isEmpty();
          commands++;
        }
      }
    }
    assertThat(commands).isGreaterThan(20);
  }

  private static String parses(String line) {
    try {
      Snip4j.commandLine(new Snip4j()).parseArgs(line.isEmpty() ? new String[0] : line.split(" +"));
      return "";
    } catch (CommandLine.ParameterException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
