package io.github.snip4j.bench.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which commit of a repository is checked out. */
final class Commit {
  private static final int SHOWN = 10;
  private static final String REF = "ref: ";

  private Commit() {}

  /**
   * The first letters of the commit's name; empty if there is no repository here.
   *
   * @param here a folder in it
   */
  static String of(Path here) throws IOException {
    for (Path folder = here.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.isDirectory(git)) {
        String commit = head(git);
        return commit.substring(0, Math.min(SHOWN, commit.length()));
      }
    }
    return "";
  }

  private static String head(Path git) throws IOException {
    String head = Files.readString(git.resolve("HEAD")).strip();
    if (!head.startsWith(REF)) {
      return head;
    }
    String name = head.substring(REF.length());
    Path file = git.resolve(name);
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    Path packed = git.resolve("packed-refs");
    List<String> lines = Files.exists(packed) ? Files.readAllLines(packed) : List.of();
    return lines.stream()
        .filter(line -> line.endsWith(" " + name))
        .findFirst()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .orElse("");
  }
}
