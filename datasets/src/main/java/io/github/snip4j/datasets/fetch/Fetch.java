package io.github.snip4j.datasets.fetch;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.HeldException;
import io.github.snip4j.core.io.LockFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Brings a dataset to this computer: download, check, unpack aside, move into place.
 *
 * <p>Nothing is used before its digest is right, and a dataset's folder is there whole or not at
 * all. Files that somebody put there by hand are checked and used instead of a download.
 */
public final class Fetch {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int MOST_ENTRIES = 200_000;

  private final DiskSpace space;
  private final HttpTransfer http;
  private final Watcher watcher;

  /** With an hour-glass of a minute. */
  public Fetch(Watcher watcher) {
    this(watcher, DiskSpace.real(), PATIENCE, PAUSE);
  }

  Fetch(Watcher watcher, DiskSpace space, Duration patience, Duration pause) {
    this.space = space;
    this.http = new HttpTransfer(space, patience, pause);
    this.watcher = watcher;
  }

  /**
   * Fetches a dataset.
   *
   * @param root where datasets are kept; made if need be
   * @param name of the folder below it
   * @return the dataset's folder
   * @throws FetchException if the network or the server does not give it, or it is an archive and
   *     commons-compress is not there
   * @throws BadFileException if what came, or what was put there by hand, is not the published file
   * @throws FileSystemException if there is too little room, or somebody else is fetching it
   */
  public Path fetch(Download download, Path root, String name) throws IOException {
    Path target = root.resolve(name);
    Files.createDirectories(root);
    Path lockFile = root.resolve("." + name + ".lock");
    LockFile lock = lock(lockFile);
    try (lock) {
      if (download.archive() == Archive.Kind.NONE) {
        Files.createDirectories(target);
        space.require(root, missing(download, target));
        for (RemoteFile file : download.files()) {
          obtain(download, file, target);
        }
      } else {
        fetchArchive(download, root, target);
      }
      return target;
    }
  }

  /** The library that unpacks is optional to programs that fetch nothing. */
  private static void requireUnpacker() throws FetchException {
    try {
      Objects.requireNonNull(TarArchiveInputStream.class);
    } catch (NoClassDefFoundError e) {
      throw new FetchException(
          "the library that unpacks archives is not there: add org.apache.commons:commons-compress"
              + " to this program");
    }
  }

  private void fetchArchive(Download download, Path root, Path target) throws IOException {
    requireUnpacker();
    if (Files.exists(target)) {
      throw new FileSystemException(
          target.toString(), null, "is there, but is not the whole dataset: move it away first");
    }
    space.require(root, missing(download, root) + download.unpackedBytes());
    RemoteFile file = download.files().get(0);
    boolean byHand = Files.exists(root.resolve(file.name()));
    Path archive = obtain(download, file, root);
    Path aside = // what an interrupted fetch left there is deleted
        root.resolve("." + target.getFileName() + ".unpacking");
    delete(aside);
    try {
      Files.createDirectory(aside);
      long most = 2 * download.unpackedBytes();
      try (Watcher.Transfer unpacking =
          watcher.begin("unpacking " + file.name(), download.unpackedBytes())) {
        new Archive(archive, aside, most, MOST_ENTRIES, space, unpacking)
            .unpack(download.archive());
      }
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(aside);
    }
    if (!byHand) {
      Files.delete(archive);
    }
  }

  /** One file, checked. */
  private Path obtain(Download download, RemoteFile file, Path folder) throws IOException {
    Path whole = folder.resolve(file.name());
    if (Files.exists(whole)) {
      file.verify(whole, whole.toString());
      return whole;
    }
    Path part = folder.resolve(file.name() + ".part");
    URI address = address(download, file);
    try (Watcher.Transfer progress = watcher.begin("fetching " + file.name(), file.bytes())) {
      http.get(address, part, file.bytes(), progress);
    } catch (FetchException e) {
      throw new FetchException(
          e.getMessage() + "; you may also put " + whole + " there by hand and run this again");
    }
    try {
      file.verify(part, address.toString());
    } catch (BadFileException e) {
      HttpTransfer.forget(part); // going on from there would be of no use
      throw e;
    }
    Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    HttpTransfer.forget(part);
    return whole;
  }

  private static URI address(Download download, RemoteFile file) throws BadFileException {
    try {
      URI address = URI.create(download.address() + file.name());
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new BadFileException(download.address(), "is no address: " + e.getMessage());
    }
    throw new BadFileException(download.address(), "is no address of a web server");
  }

  private static long missing(Download download, Path folder) throws IOException {
    long missing = 0;
    for (RemoteFile file : download.files()) {
      Path part = folder.resolve(file.name() + ".part");
      if (!Files.exists(folder.resolve(file.name()))) {
        missing += Math.max(0, file.bytes() - (Files.exists(part) ? Files.size(part) : 0));
      }
    }
    return missing;
  }

  private static LockFile lock(Path file) throws IOException {
    try {
      return LockFile.hold(file);
    } catch (HeldException e) {
      throw new FileSystemException(
          file.toString(), null, "is locked: " + e.holder() + " is fetching it already");
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
