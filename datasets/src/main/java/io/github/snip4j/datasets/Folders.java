package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Looks into folders that people keep data in. */
final class Folders {
  private static final long LONGEST_TEXT = 64 << 20;

  /** What desktops and archives leave behind, in small letters. */
  private static final Set<String> LEFT_BEHIND = Set.of("thumbs.db", "desktop.ini", "__macosx");

  private Folders() {}

  /**
   * The names in a folder, sorted, so that their order is the same everywhere; without those that
   * begin with a dot, and what desktops leave behind.
   */
  static Set<String> visible(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".") && !LEFT_BEHIND.contains(name.toLowerCase(Locale.ROOT))) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** The visible folders in a folder, sorted. */
  static List<Path> folders(Path folder) throws IOException {
    return visible(folder).stream().map(folder::resolve).filter(Files::isDirectory).toList();
  }

  /** The visible files in a folder, sorted. */
  static List<Path> files(Path folder) throws IOException {
    return visible(folder).stream()
        .map(folder::resolve)
        .filter(f -> !Files.isDirectory(f))
        .toList();
  }

  /** The folder that a file lies in. */
  static Path of(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file");
  }

  /** The last part of a path. */
  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** The lines of a text file that are not blank. */
  static List<String> lines(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(String.valueOf(file.getParent()), "no file " + file.getFileName());
    }
    if (Files.size(file) > LONGEST_TEXT) {
      throw new BadFileException(
          file.toString(), "is longer than " + LONGEST_TEXT + " bytes: not what it should be");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isBlank()).toList();
  }
}
