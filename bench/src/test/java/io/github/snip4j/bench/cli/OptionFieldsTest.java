package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.cli.option.OptionFields;
import io.github.snip4j.bench.cli.option.SameOptions;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** An option is declared once; whatever else is to be said of it follows from its field. */
class OptionFieldsTest {
  private static final Pattern WORD = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");

  /**
   * Whoever adds an option to {@code run} finds this test. Does it decide what comes out of a run?
   * Then its field has the name of a component of RunOptions, and nothing is to be done. Does it
   * only decide how a run is computed? Then it may differ in a resumed run: add it here.
   */
  @Test
  void everyOptionOfARunIsRecordedOrMayDifferOrSaysWhereItGoes() throws IOException {
    ParseResult run = parsed("run");
    Set<String> components = components();
    Set<String> decided = new TreeSet<>();
    List<String> free = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (OptionSpec option : run.commandSpec().options()) {
      String component = SameOptions.component(option);
      if (SameOptions.isOwn(run, option)) {
        own.add(option.longestName());
      } else if (components.contains(component)) {
        decided.add(component);
      } else {
        free.add(option.longestName());
      }
    }
    assertThat(decided).as("components that no option decides").isEqualTo(components);
    assertThat(free)
        .containsExactlyInAnyOrder(
            "--resume",
            "--like",
            "--checkpoint-every",
            "--threads",
            "--on",
            "--port",
            "--gemm",
            "--debug",
            "--help",
            "--version");
    assertThat(own).containsExactlyInAnyOrder("--out", "--overwrite");
  }

  /** All that is recorded of what a run was asked for, records within records too. */
  private static Set<String> components() throws IOException {
    try (InputStream in = RunFolder.class.getResourceAsStream("schema-1/result.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      RunResult result = Json.read(text, RunResult.class, RunResult.SCHEMA);
      return new TreeSet<>(Json.values(result.options()).keySet());
    }
  }

  @Test
  void noTwoOptionsOfACommandAreHeldByFieldsOfOneName() {
    for (CommandLine command : commands()) {
      List<String> words =
          command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
      List<String> found =
          command.getCommandSpec().options().stream()
              .map(OptionFields::of)
              .map(field -> OptionFields.word(command.getCommandSpec(), field))
              .toList();
      assertThat(found).as(command.getCommandName()).isEqualTo(words);
    }
  }

  @Test
  void anExceptionNamesFieldsAndTheCommandItsOptions() {
    OptionException wrong =
        new OptionException(
            "%s %s: expected 0 to below %s, not %s",
            OptionException.field("warmUp"),
            7,
            OptionException.field("iterations"),
            "{warmUp} 100%");
    assertThat(wrong).hasMessage("warmUp 7: expected 0 to below iterations, not {warmUp} 100%");
    CommandSpec run = parsed("run").commandSpec();
    assertThat(wrong.sentence(field -> OptionFields.word(run, field)))
        .isEqualTo("--warm-up 7: expected 0 to below --iterations, not {warmUp} 100%");
    assertThat(OptionFields.word(parsed("models").commandSpec(), "warmUp")).isEqualTo("warmUp");
  }

  /** Below the command an option is named by {@link OptionException#field}. */
  @Test
  void noOptionIsNamedBelowTheCommand() throws IOException {
    Set<String> options = new TreeSet<>();
    for (CommandLine command : commands()) {
      command.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
    }
    assertThat(options).hasSizeGreaterThan(50).contains("--lr", "--sparsity", "--data-dir");
    List<String> named = new ArrayList<>();
    for (Path source : sources()) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        Matcher word = WORD.matcher(lines.get(i));
        while (word.find()) {
          if (options.contains(word.group())) {
            named.add(source.getFileName() + ":" + (i + 1) + ": " + word.group());
          }
        }
      }
    }
    assertThat(named).as("to name an option here: OptionException.field").isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("core", "autograd", "nn", "snip", "datasets", "bench")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> !file.toString().contains("/bench/cli/"))
            .filter(file -> !file.toString().contains("/bench/reproduce/")) // rows are commands
            .forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(400);
    return sources;
  }

  private static ParseResult parsed(String command) {
    return root().parseArgs(command).subcommand();
  }

  private static CommandLine root() {
    return Snip4j.commandLine(new Snip4j());
  }

  /** The command and all that are below it. */
  private static List<CommandLine> commands() {
    List<CommandLine> commands = new ArrayList<>(List.of(root()));
    for (int i = 0; i < commands.size(); i++) {
      commands.addAll(commands.get(i).getSubcommands().values());
    }
    return commands;
  }
}
