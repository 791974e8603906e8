package io.github.snip4j.bench.run;

import io.github.snip4j.core.io.AtomicFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a run writes to. It is made at the start, so that a place that cannot be written
 * is found before the work; if the program ends without results, what was made goes away again.
 */
public final class RunFolder {
  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** {@code runs/<time>-<model>} below the working folder. */
  public static Path defaultPath(String model) {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now);
    Path path = Path.of("runs", time + "-" + model);
    for (int i = 2; Files.exists(path); i++) {
      path = Path.of("runs", time + "-" + model + "-" + i);
    }
    return path;
  }

  /** Whether a folder holds results of an earlier run. */
  public static boolean holdsResults(Path path) {
    RunFolder folder = new RunFolder(path);
    return Files.exists(folder.result()) || Files.exists(folder.network());
  }

  /**
   * Makes the folder unless it is there, and sees that it can be written to.
   *
   * @throws IOException if not
   */
  public static RunFolder open(Path path) throws IOException {
    List<Path> made = new ArrayList<>(); // innermost first
    for (Path p = path.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
      made.add(p);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(path, made)));
    Files.createDirectories(path);
    Files.delete(Files.createTempFile(path, ".probe", AtomicFile.ownSuffix()));
    return new RunFolder(path);
  }

  /** Runs when the program ends, also by Ctrl-C in the middle of writing. */
  private static void cleanUp(Path path, List<Path> made) {
    try {
      if (Files.isDirectory(path)) {
        try (DirectoryStream<Path> parts =
            Files.newDirectoryStream(path, ".*" + AtomicFile.ownSuffix())) {
          for (Path part : parts) {
            Files.deleteIfExists(part);
          }
        }
      }
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // it holds results, or somebody was faster: both are as they should be
    } catch (IOException e) {
      System.err.println("snip4j: " + path + " could not be tidied up: " + e);
    }
  }

  public Path path() {
    return path;
  }

  /** Where the facts of the run go: the last file to be written. */
  public Path result() {
    return path.resolve("result.json");
  }

  /** Where the trained network goes. */
  public Path network() {
    return path.resolve("network.npz");
  }
}
