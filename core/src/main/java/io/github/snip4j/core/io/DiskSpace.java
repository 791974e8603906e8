package io.github.snip4j.core.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a disk has, and whether that is enough for what is to be written. */
@FunctionalInterface
public interface DiskSpace {
  /** What is left free in any case: 64 MiB. */
  long MARGIN = 64L << 20;

  /** How many bytes may be written to a folder. */
  long usable(Path folder) throws IOException;

  /** The disk's own figure. */
  static DiskSpace real() {
    return folder -> Files.getFileStore(folder).getUsableSpace();
  }

  /**
   * Checks that there is room for so many bytes more, and for {@link #MARGIN}.
   *
   * @throws FileSystemException if not
   */
  default void require(Path folder, long bytes) throws IOException {
    requireExactly(folder, bytes + MARGIN);
  }

  /**
   * Checks that there is room for so many bytes more.
   *
   * @throws FileSystemException if not
   */
  default void requireExactly(Path folder, long bytes) throws IOException {
    long usable = usable(folder);
    if (usable < bytes) {
      throw new FileSystemException(
          folder.toString(),
          null,
          ("too little room: " + megabytes(bytes) + " are needed, with some to spare, and ")
              + (megabytes(usable) + " are free"));
    }
  }

  private static String megabytes(long bytes) {
    return Math.round(bytes / 1e6) + " MB";
  }
}
