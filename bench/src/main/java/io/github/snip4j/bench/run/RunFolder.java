package io.github.snip4j.bench.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * The folder that a run writes to. It is made at the start, so that a place that cannot be written
 * is found before the work; if the run ends without results, an empty one goes away again.
 */
public final class RunFolder {
  /** The file that tells that a folder holds a finished run. */
  public static final String RESULT = "result.json";

  /** The trained network. */
  public static final String NETWORK = "network.npz";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /** {@code runs/<time>-<model>} below the working folder. */
  public static Path defaultPath(String model) {
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
            .format(LocalDateTime.now(ZoneId.systemDefault()));
    Path path = Path.of("runs", time + "-" + model);
    for (int i = 2; Files.exists(path); i++) {
      path = Path.of("runs", time + "-" + model + "-" + i);
    }
    return path;
  }

  /**
   * Makes the folder unless it is there, and sees that it can be written to.
   *
   * @throws IOException if not
   */
  public static RunFolder open(Path path) throws IOException {
    boolean made = !Files.exists(path);
    Files.createDirectories(path);
    Files.delete(Files.createTempFile(path, ".probe", ".part"));
    if (made) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> deleteIfEmpty(path)));
    }
    return new RunFolder(path);
  }

  private static void deleteIfEmpty(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // it holds results, or somebody was faster: both are as they should be
    } catch (IOException e) {
      System.err.println("snip4j: " + path + " was left behind empty: " + e);
    }
  }

  public Path path() {
    return path;
  }

  public Path result() {
    return path.resolve(RESULT);
  }

  public Path network() {
    return path.resolve(NETWORK);
  }
}
