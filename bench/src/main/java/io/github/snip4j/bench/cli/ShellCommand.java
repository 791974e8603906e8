package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.core.io.NamedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Java's shell with snip4j in it, and this Java's options. */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    description =
        "Starts jshell, Java's shell, with snip4j on its class path and all packages imported: the"
            + " lines of Java in the README can be typed as they are. 'shell FILE' runs a file of"
            + " such lines first, 'shell -' takes them from the standard input.")
final class ShellCommand implements Callable<Integer> {
  /** The imports. */
  static final String STARTUP = "shell.jsh";

  @Parameters(arity = "0..*", paramLabel = "ARG", description = "Passed to jshell as it is.")
  List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new UserError(
          "shell: this Java has no jshell: use that of a JDK (JAVA_HOME chooses it)");
    }
    Path startup = Files.createTempFile("snip4j", ".jsh");
    try {
      copyTo(startup);
      return JavaShellToolBuilder.builder().start(jshell(startup).toArray(String[]::new));
    } finally {
      Files.delete(startup);
    }
  }

  private static void copyTo(Path startup) throws IOException {
    try (InputStream in =
            Objects.requireNonNull(ShellCommand.class.getResourceAsStream(STARTUP), STARTUP);
        OutputStream out = new NamedOutput(Files.newOutputStream(startup), startup)) {
      in.transferTo(out);
    }
  }

  /** The lines run in a Java of their own: it gets the class path and the options of this one. */
  private List<String> jshell(Path startup) {
    List<String> words = new ArrayList<>();
    words.add("--class-path=" + System.getProperty("java.class.path"));
    words.add("--startup=DEFAULT");
    words.add("--startup=" + startup);
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-agentlib:") && !option.startsWith("-javaagent:")) {
        words.add("-R" + option);
      }
    }
    words.addAll(arguments);
    return words;
  }
}
