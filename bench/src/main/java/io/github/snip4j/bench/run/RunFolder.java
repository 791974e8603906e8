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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that a run writes to. It is made at the start, so that a place that cannot be written
 * is found before the work; if the program ends without results, what was made goes away again.
 */
public final class RunFolder {
  private static final Pattern WRITER = Pattern.compile("-([0-9]{1,18})\\.part$");

  private final Path path;
  private volatile long resumableFrom = -1; // read by the thread that ends the program

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

  /** Whether a folder holds results of an earlier run that is finished. */
  public static boolean holdsResults(Path path) {
    RunFolder folder = new RunFolder(path);
    return !holdsCheckpoint(path)
        && Stream.of(folder.result(), folder.report(), folder.network()).anyMatch(Files::exists);
  }

  /** Whether a folder belongs to a run, finished or not, with its report. */
  public static boolean isOfRun(Path path) {
    return holdsCheckpoint(path) || Files.exists(new RunFolder(path).result());
  }

  /** Whether a folder holds a run that was interrupted, and can go on. */
  public static boolean holdsCheckpoint(Path path) {
    return Files.exists(new RunFolder(path).checkpoint());
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
    removeLeftovers(path);
    Files.delete(Files.createTempFile(path, ".probe", AtomicFile.ownSuffix()));
    return new RunFolder(path);
  }

  /** Removes what programs were writing when they were killed. */
  private static void removeLeftovers(Path path) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, ".*-*.part")) {
      for (Path part : parts) {
        Matcher writer = WRITER.matcher(part.getFileName().toString());
        if (writer.find() && ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty()) {
          Files.deleteIfExists(part);
        }
      }
    }
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

  /** Where the page goes that people read. */
  public Path report() {
    return path.resolve("report.html");
  }

  /** Where the trained network goes. */
  public Path network() {
    return path.resolve("network.npz");
  }

  /** Where the state of a run goes that is not finished. */
  public Path checkpoint() {
    return path.resolve("checkpoint.npz");
  }

  /** The step that a resumed run would go on from; -1 if there is nothing to resume. */
  public long resumableFrom() {
    return resumableFrom;
  }

  /** A checkpoint is here. */
  void resumableFrom(long step) {
    resumableFrom = step;
  }

  /** There is no use in going on from here. */
  void notResumable() {
    resumableFrom = -1;
  }

  /** Takes the checkpoint away: the results are here, or it is another run's. */
  void removeCheckpoint() throws IOException {
    resumableFrom = -1;
    Files.deleteIfExists(checkpoint());
  }
}
