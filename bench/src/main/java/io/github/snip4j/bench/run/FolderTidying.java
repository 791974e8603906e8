package io.github.snip4j.bench.run;

import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.LockFile;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves a run's folder in order when the program ends, also by Ctrl-C in the middle of writing.
 */
final class FolderTidying {
  /** Where a result is until it takes its place. */
  static final String STAGED_RESULT = ".result.json.new";

  /** Where the trained network is until the results are there. */
  static final String TRAINED = "trained.npz";

  private static final Pattern WRITER = Pattern.compile("-([0-9]{1,18})\\.part$");
  private static final long PATIENCE_SECONDS = 5;

  private final Path path;
  private final List<Path> made;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile LockFile lock;
  private volatile Runnable lastWord = () -> {};

  /**
   * Begins to watch over a folder.
   *
   * @param made the folders that were made for it, innermost first
   * @param lock let go of at the end
   */
  FolderTidying(Path path, List<Path> made, LockFile lock) {
    this.path = path;
    this.made = made;
    this.lock = lock;
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** The folders that have to be made before there is this one, innermost first. */
  static List<Path> missing(Path path) {
    List<Path> missing = new ArrayList<>();
    for (Path p = path.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
      missing.add(p);
    }
    return missing;
  }

  /**
   * Removes folders that were made, as long as nothing is in them.
   *
   * @param made innermost first
   */
  static void remove(List<Path> made) throws IOException {
    try {
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // it holds results, or something of somebody else
    }
  }

  /** Another lock is held, the folder having been made again. */
  void holds(LockFile other) {
    lock = other;
  }

  /** What is said at the end, of a folder in which nothing changes any more. */
  void atTheEnd(Runnable word) {
    lastWord = word;
  }

  /** Writes, unless the program is being ended: then nothing more is written, and this waits. */
  <T> T untilTheEnd(RunFolder.Writing<T> work) throws IOException {
    writing.lock();
    try {
      return work.write();
    } finally {
      writing.unlock();
    }
  }

  /** Removes what programs were writing when they were killed. */
  void removeLeftovers() throws IOException {
    Files.deleteIfExists(path.resolve(STAGED_RESULT));
    removeWhatNobodyResumes();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, ".*-*.part")) {
      for (Path part : parts) {
        Matcher writer = WRITER.matcher(String.valueOf(part.getFileName()));
        if (writer.find() && ProcessHandle.of(Long.parseLong(writer.group(1))).isEmpty()) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  /** A network without the checkpoint of its run is of no use. */
  private void removeWhatNobodyResumes() throws IOException {
    if (!RunFolder.holdsCheckpoint(path)) {
      Files.deleteIfExists(path.resolve(TRAINED));
    }
  }

  /** Runs when the program ends; what is being written is finished first, within reason. */
  private void end() {
    tidy();
    lastWord.run();
  }

  private void tidy() {
    try {
      boolean done = writing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS); // never unlocked
      if (Files.isDirectory(path)) {
        removeOwnParts(done);
      }
      lock.close();
      remove(made);
    } catch (NoSuchFileException e) {
      // somebody was faster, which is as it should be
    } catch (IOException e) {
      System.err.println("snip4j: " + path + " could not be tidied up: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void removeOwnParts(boolean nothingIsWritten) throws IOException {
    if (!nothingIsWritten) {
      return; // a disk that hangs: the next run here removes them
    }
    removeWhatNobodyResumes();
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(path, ".*" + AtomicFile.ownSuffix())) {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
    }
  }
}
