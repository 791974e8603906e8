package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.Converters;
import io.github.snip4j.bench.cli.option.ListOptions;
import io.github.snip4j.bench.cli.screen.Errors;
import io.github.snip4j.bench.cli.screen.PlainWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code snip4j} command. */
@Command(
    name = "snip4j",
    description = {
      "Prunes neural networks once, at initialisation, by connection sensitivity (SNIP), and trains"
          + " what is left."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    subcommands = {
      RunCommand.class,
      PruneCommand.class,
      ShrinkCommand.class,
      CompareCommand.class,
      ReproduceCommand.class,
      EvaluateCommand.class,
      ExportCommand.class,
      ModelsCommand.class,
      DatasetsCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Snip4j {
  /** Held on to, because the logging framework does not. */
  private static final Logger LIBRARY = Logger.getLogger("io.github.snip4j");

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an error.")
  boolean debug;

  /** Runs the command and ends the program with its exit code. */
  public static void main(String[] args) {
    LIBRARY.setLevel(Level.WARNING); // the command itself says which kernels it runs on
    System.exit(execute(writer(System.out), writer(System.err), args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }

  private static boolean asksForHelp(ParseResult parsed) {
    return parsed.isUsageHelpRequested()
        || parsed.commandSpec().helpCommand()
        || (parsed.hasSubcommand() && asksForHelp(parsed.subcommand()));
  }

  /**
   * Runs the command.
   *
   * @return 0, 2 for a mistake of the user's, 1 for any other failure
   */
  static int execute(PrintWriter out, PrintWriter err, String... args) {
    Snip4j root = new Snip4j();
    PrintWriter shown = new PrintWriter(new PlainWriter(out), true);
    PrintWriter shownErrors = new PrintWriter(new PlainWriter(err), true);
    CommandLine command = commandLine(root).setOut(out).setErr(shownErrors);
    command.setExecutionStrategy(
        parsed -> {
          ListOptions.check(parsed);
          if (!asksForHelp(parsed)) { // help alone has colours
            command.setOut(shown);
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    command.setParameterExceptionHandler(Errors::ofParameters);
    command.setExecutionExceptionHandler(
        (failure, failed, parsed) -> Errors.report(failure, failed, root.debug));
    try {
      return args.length == 0 ? command.execute("--help") : command.execute(args);
    } catch (Error e) { // out of memory, or a broken installation
      return Errors.report(e, command, root.debug);
    }
  }

  /** The command with its sub-commands. */
  static CommandLine commandLine(Snip4j root) {
    CommandLine command = new CommandLine(root);
    Converters.register(command);
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.setUnmatchedOptionsArePositionalParams(true); // they are JMH's
    command.addSubcommand("bench", bench);
    CommandLine shell = new CommandLine(new ShellCommand());
    shell.setUnmatchedOptionsArePositionalParams(true); // they are jshell's
    command.addSubcommand("shell", shell);
    command.addSubcommand("completion", new AutoComplete.GenerateCompletion());
    return command;
  }
}
