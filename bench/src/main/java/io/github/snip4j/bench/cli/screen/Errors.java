package io.github.snip4j.bench.cli.screen;

import io.github.snip4j.bench.cell.ClusterException;
import io.github.snip4j.bench.cli.option.NameLookup;
import io.github.snip4j.bench.cli.option.OptionFields;
import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.core.internal.checks.SettingException;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Printable;
import io.github.snip4j.datasets.fetch.FetchException;
import io.github.snip4j.nn.train.DivergedException;
import io.github.snip4j.snip.diagnosis.CollapsedException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in one sentence. */
public final class Errors {
  private static final int FAILURE = 1;
  private static final int USERS_MISTAKE = 2;

  private Errors() {}

  public static int ofParameters(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().println(line(sentence(e, command) + " (see: " + help + ")"));
    return USERS_MISTAKE;
  }

  private static String sentence(ParameterException e, CommandLine command) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(e.getMessage());
    }
    String word = unmatched.getUnmatched().get(0);
    if (!unmatched.isUnknownOption() && !command.getSubcommands().isEmpty()) {
      return NameLookup.unknown("command", word, command.getSubcommands().keySet());
    }
    List<String> near = unmatched.getSuggestions();
    return e.getMessage()
        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  public static int report(Throwable e, CommandLine command, boolean debug) {
    command.getErr().println(line(sentence(e, command)));
    if (debug) {
      e.printStackTrace(command.getErr());
    }
    boolean mistake =
        e instanceof UserError
            || e instanceof SettingException
            || e instanceof BadFileException
            || e instanceof FileSystemException
            || e instanceof IllegalArgumentException; // the library's checks of what it was given
    return mistake ? USERS_MISTAKE : FAILURE;
  }

  /** One line, whatever is in a sentence. */
  private static String line(String sentence) {
    return "snip4j: " + Printable.of(sentence);
  }

  private static String sentence(Throwable e, CommandLine command) {
    return e instanceof OptionException wrong
        ? wrong.sentence(field -> OptionFields.word(command.getCommandSpec(), field))
        : sentence(e);
  }

  static String sentence(Throwable e) {
    if (e instanceof CollapsedException) {
      return e.getMessage()
          + "; a lower --sparsity or another --allocation may leave something, --allow-collapse trains"
          + " all the same";
    }
    if (e instanceof UserError
        || e instanceof SettingException
        || e instanceof BadFileException
        || e instanceof DivergedException
        || e instanceof FetchException
        || e instanceof ClusterException
        || e instanceof IllegalArgumentException) {
      return String.valueOf(e.getMessage());
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file or folder";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (e instanceof FileSystemException file) {
      return file.getFile() + ": " + (file.getReason() == null ? e : file.getReason());
    }
    if (e instanceof OutOfMemoryError) {
      return "out of memory; a smaller batch, or a larger heap (SNIP4J_JAVA_OPTS=-Xmx8g), may help";
    }
    return "unexpected failure: " + e + " (--debug shows where)";
  }
}
