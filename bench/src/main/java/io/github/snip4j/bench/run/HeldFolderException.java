package io.github.snip4j.bench.run;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A folder that another run is writing to. */
public final class HeldFolderException extends FileSystemException {
  private static final long serialVersionUID = 1;

  /**
   * @param holder in words: {@code process 1234}
   */
  HeldFolderException(Path folder, String holder) {
    super(
        folder.toString(),
        null,
        holder + " is writing its results here: wait until it ends, or choose another folder");
  }
}
