package io.github.snip4j.datasets.fetch;

import static org.apache.commons.compress.archivers.tar.TarConstants.LF_NORMAL;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_OLDNORM;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.NamedOutput;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Unpacks an archive that nobody vouches for into an empty folder.
 *
 * <p>Only folders and regular files with names that stay within the folder are taken, no more of
 * them and no more bytes than are allowed; links, devices and names twice are refused. An archive
 * that is refused may leave some of its files.
 */
public final class Archive {
  private static final int LONGEST_NAME = 255; // bytes, on most file systems
  private static final int LONGEST_PATH = 1000;
  private static final int BUFFER = 1 << 16;
  private static final long CHECK_SPACE_EVERY = 8 << 20;

  private final Path archive;
  private final Path into;
  private final long mostBytes;
  private final int mostEntries;
  private final DiskSpace space;
  private final Watcher.Transfer progress;
  private long bytes;
  private long checked;
  private int entries;

  /** How a dataset is packed. */
  public enum Kind {
    /** Not at all. */
    NONE,
    /** A tar, packed with gzip. */
    TAR_GZ,
    /** A zip. */
    ZIP
  }

  /**
   * Prepares to unpack.
   *
   * @param into an empty folder
   * @param mostBytes that the files may have together
   * @param progress is told of the unpacked bytes
   */
  Archive(
      Path archive,
      Path into,
      long mostBytes,
      int mostEntries,
      DiskSpace space,
      Watcher.Transfer progress) {
    this.archive = archive;
    this.into = into;
    this.mostBytes = mostBytes;
    this.mostEntries = mostEntries;
    this.space = space;
    this.progress = progress;
  }

  /**
   * Unpacks it.
   *
   * @throws BadFileException if it is no such archive, or holds what is refused
   * @throws IOException if it cannot be read or the folder not be written to
   */
  void unpack(Kind kind) throws IOException {
    try {
      if (kind == Kind.ZIP) {
        unzip();
      } else {
        untar();
      }
      if (entries == 0) {
        throw bad("holds nothing");
      }
    } catch (BadFileException | FileSystemException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // the library throws both at damaged archives
      throw bad("is damaged: " + e.getMessage());
    }
  }

  private void untar() throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER);
        InputStream plain = new Limited(new GZIPInputStream(file, BUFFER));
        TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (!e.isDirectory() && e.getLinkFlag() != LF_NORMAL && e.getLinkFlag() != LF_OLDNORM) {
          throw bad("'" + e.getName() + "' is neither a file nor a folder");
        }
        take(e.getName(), e.isDirectory(), tar);
      }
      byte[] rest = new byte[BUFFER]; // padding, and the checksum behind it
      while (plain.read(rest) >= 0) {}
    }
  }

  private void unzip() throws IOException {
    try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
      Enumeration<ZipArchiveEntry> all = zip.getEntries();
      while (all.hasMoreElements()) {
        ZipArchiveEntry e = all.nextElement();
        if (e.isUnixSymlink()) {
          throw bad("'" + e.getName() + "' is neither a file nor a folder");
        }
        if (e.getMethod() != ZipEntry.STORED && e.getMethod() != ZipEntry.DEFLATED) {
          throw bad("'" + e.getName() + "' is packed by method " + e.getMethod() + ", not deflate");
        }
        if (e.isDirectory()) {
          take(e.getName(), true, InputStream.nullInputStream());
        } else {
          try (InputStream in = zip.getInputStream(e)) {
            take(e.getName(), false, in);
          }
        }
      }
    }
  }

  private void take(String name, boolean folder, InputStream content) throws IOException {
    if (++entries > mostEntries) {
      throw bad("holds more than " + mostEntries + " files");
    }
    Path target = inside(name);
    for (Path p = folder ? target : target.getParent();
        p != null && p.startsWith(into);
        p = p.getParent()) {
      if (Files.exists(p) && !Files.isDirectory(p)) {
        throw bad("'" + into.relativize(p) + "' is both a file and a folder");
      }
    }
    if (folder) {
      Files.createDirectories(target);
      return;
    }
    if (Files.exists(target)) {
      throw bad("holds '" + name + "' twice");
    }
    Files.createDirectories(target.getParent());
    try (OutputStream file = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW);
        OutputStream out = new NamedOutput(file, target)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        count(read);
        out.write(buffer, 0, read);
      }
    }
  }

  private void count(int read) throws IOException {
    bytes += read;
    if (bytes > mostBytes) {
      throw bad("holds more than " + mostBytes + " bytes");
    }
    if (bytes - checked >= CHECK_SPACE_EVERY) {
      space.require(into, 0);
      checked = bytes;
    }
    progress.at(bytes);
  }

  /** Where an entry goes: below the folder, whatever its name says. */
  private Path inside(String name) throws BadFileException {
    boolean elsewhere =
        name.isBlank()
            || name.length() > LONGEST_PATH
            || name.startsWith("/")
            || name.contains("\\")
            || name.matches("[A-Za-z]:.*")
            || name.matches("(.*/)?\\.\\.(/.*)?");
    try {
      for (String part : name.split("/", -1)) {
        elsewhere |= part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
      }
      Path target = into.resolve(name).normalize();
      if (!elsewhere && target.startsWith(into.normalize())) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw bad("'" + name + "' is no name of a file: " + e.getReason());
    }
    throw bad("'" + name + "' points outside of the folder, or is too long");
  }

  private BadFileException bad(String problem) {
    return new BadFileException(archive.toString(), problem);
  }

  /** Ends what unpacks to more than is allowed, heads and padding included. */
  private final class Limited extends FilterInputStream {
    private long left = mostBytes + 2048L * mostEntries + BUFFER;

    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      left -= Math.max(0, read);
      if (left < 0) {
        throw bad("holds more than " + mostBytes + " bytes");
      }
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = 0; // through read, so that it counts
      byte[] buffer = new byte[BUFFER];
      while (skipped < count) {
        int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
        if (read < 0) {
          break;
        }
        skipped += read;
      }
      return skipped;
    }
  }
}
