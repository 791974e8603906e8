package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.HeldException;
import io.github.snip4j.core.io.LockFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a run writes to, which no other run can write to until it is closed or the
 * program ends. It is made at the start, so that a place that cannot be written is found before the
 * work; if the program ends without results, what was made goes away again.
 */
public final class RunFolder implements AutoCloseable {
  /** The file in it that is locked, with the number of the process in it. */
  public static final String LOCK = ".snip4j.lock";

  /** More than a page takes. */
  public static final long PAGE_BYTES = 2 << 20;

  private final Path path;
  private final FolderTidying tidying;
  private final DiskSpace space;
  private LockFile lock;
  private volatile @Nullable ResumePoint resumableFrom; // read by the thread that ends the program

  private RunFolder(Path path, FolderTidying tidying, DiskSpace space, LockFile lock) {
    this.path = path;
    this.tidying = tidying;
    this.space = space;
    this.lock = lock;
  }

  /** Writes something into the folder, and tells what came of it. */
  @FunctionalInterface
  public interface Writing<T> {
    T write() throws IOException;
  }

  /** Whether a folder holds results of an earlier run that is finished. */
  public static boolean holdsResults(Path path) {
    return !holdsCheckpoint(path)
        && Stream.of("result.json", "report.html", "network.npz")
            .anyMatch(name -> Files.exists(path.resolve(name)));
  }

  /** Whether a folder belongs to a run, finished or not, with its report. */
  public static boolean isOfRun(Path path) {
    return holdsCheckpoint(path) || Files.exists(path.resolve("result.json"));
  }

  /** Whether a folder holds a run that was interrupted, and can go on. */
  public static boolean holdsCheckpoint(Path path) {
    return Files.exists(path.resolve("checkpoint.npz"));
  }

  /**
   * Makes a new folder, {@code runs/<time>-<name>} below the working folder: never one that is
   * there already, not even if two are made at the same moment.
   *
   * @throws IOException if it cannot be made or written to
   */
  public static RunFolder create(String name) throws IOException {
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
    String time = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now);
    return createIn(Path.of("runs"), time + "-" + name);
  }

  static RunFolder createIn(Path runs, String name) throws IOException {
    List<Path> made = FolderTidying.missing(runs);
    Files.createDirectories(runs);
    for (int i = 1; ; i++) {
      Path path = runs.resolve(i == 1 ? name : name + "-" + i);
      try {
        Files.createDirectory(path);
      } catch (FileAlreadyExistsException e) {
        continue; // another run's
      }
      made.add(0, path);
      return hold(path, made, DiskSpace.real());
    }
  }

  /**
   * Makes the folder unless it is there, and sees that it can be written to.
   *
   * @throws HeldFolderException if another run has it, naming the process
   * @throws IOException if it cannot be made or written to
   */
  public static RunFolder open(Path path) throws IOException {
    return open(path, DiskSpace.real());
  }

  static RunFolder open(Path path, DiskSpace space) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new BadFileException(path.toString(), "is a file: expected a folder, or a new name");
    }
    List<Path> made = FolderTidying.missing(path);
    Files.createDirectories(path);
    return hold(path, made, space);
  }

  private static RunFolder hold(Path path, List<Path> made, DiskSpace space) throws IOException {
    LockFile lock;
    try {
      lock = lock(path);
    } catch (HeldFolderException e) { // the other run's folder
      throw e;
    } catch (IOException e) {
      FolderTidying.remove(made);
      throw e;
    }
    FolderTidying tidying = new FolderTidying(path, made, lock);
    try {
      tidying.removeLeftovers();
      Files.delete(Files.createTempFile(path, ".probe", AtomicFile.ownSuffix()));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    return new RunFolder(path, tidying, space, lock);
  }

  /**
   * Keeps other runs from writing to a folder.
   *
   * @throws HeldFolderException if one does, naming its process
   */
  public static LockFile lock(Path path) throws IOException {
    try {
      return LockFile.hold(path.resolve(LOCK));
    } catch (HeldException e) {
      throw new HeldFolderException(path, e.holder());
    }
  }

  public Path path() {
    return path;
  }

  /** Where the facts of the run go. */
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

  /** Where the trained network is until the results are there. */
  Path trained() {
    return path.resolve(FolderTidying.TRAINED);
  }

  /** Where the trained network is now. */
  Path networkNow() {
    return Files.exists(trained()) ? trained() : network();
  }

  /**
   * Writes something. If somebody deleted the folder meanwhile it is made again, unless another run
   * has taken its place. While the program is being ended nothing is written, and this waits.
   */
  public <T> T write(Writing<T> writing) throws IOException {
    return tidying.untilTheEnd(
        () -> {
          makeAgainIfNeeded();
          try {
            return writing.write();
          } catch (NoSuchFileException e) { // deleted just now, or something else is missing
            makeAgainIfNeeded();
            return writing.write();
          }
        });
  }

  private void makeAgainIfNeeded() throws IOException {
    if (!lock.isThere()) {
      Files.createDirectories(path);
      lock.close();
      lock = lock(path);
      tidying.holds(lock);
    }
  }

  /**
   * Puts the results in place of those of an earlier run, which stay until these are on the disk.
   *
   * @param result of the network that {@link #networkNow} says
   */
  RunResult finish(RunResult result) throws IOException {
    return write(
        () -> {
          Path staged = path.resolve(FolderTidying.STAGED_RESULT);
          result.write(staged);
          if (Files.exists(trained())) { // else it was moved before an interruption
            Files.move(trained(), network(), StandardCopyOption.REPLACE_EXISTING);
          }
          Files.move(staged, result(), StandardCopyOption.REPLACE_EXISTING);
          return result;
        });
  }

  /** Takes the checkpoint away: all is written. */
  void removeCheckpoint() throws IOException {
    resumableFrom = null;
    write(() -> Files.deleteIfExists(checkpoint()));
  }

  /**
   * Sees that there is room for what the run will write.
   *
   * @throws java.nio.file.FileSystemException if there is too little
   */
  void require(long bytes) throws IOException {
    space.requireExactly(path, bytes);
  }

  /** Where a resumed run would go on; null if there is nothing to resume. */
  public @Nullable ResumePoint resumableFrom() {
    return resumableFrom;
  }

  /** A checkpoint is here. */
  void resumableFrom(ResumePoint point) {
    resumableFrom = point;
  }

  /** There is no use in going on from here. */
  void notResumable() {
    resumableFrom = null;
  }

  /**
   * Has something said when the program ends, with or without results, once nothing is being
   * written any more.
   */
  public void atTheEnd(Runnable lastWord) {
    tidying.atTheEnd(lastWord);
  }

  /** Lets other runs write here. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
