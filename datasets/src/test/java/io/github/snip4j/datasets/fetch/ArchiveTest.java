package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come out of an archive, and what may not. */
class ArchiveTest {
  private static final byte[] TEXT = "hello".getBytes(StandardCharsets.US_ASCII);
  @TempDir Path folder;
  private Path into = Path.of("");

  @BeforeEach
  void emptyFolder() throws IOException {
    into = Files.createDirectories(folder.resolve("deep/into"));
  }

  @Test
  void filesAndFoldersComeOut() throws IOException {
    unpack(tar("a/", "a/b.txt", "c/d/e.txt"), Archive.Kind.TAR_GZ);
    assertThat(into.resolve("a/b.txt")).hasBinaryContent(TEXT);
    assertThat(into.resolve("c/d/e.txt")).hasBinaryContent(TEXT);
    unpack(zip("x/", "x/b.txt"), Archive.Kind.ZIP);
    assertThat(into.resolve("x/b.txt")).hasBinaryContent(TEXT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "..",
        "/tmp/evil",
        "a/..",
        "C:/evil",
        "a\\..\\evil",
        "./../evil"
      })
  void namesThatPointOutsideAreRefused(String name) throws IOException {
    assertThat(problem(tar("ok.txt", name), Archive.Kind.TAR_GZ)).contains("points outside");
    emptied();
    assertThat(problem(zip("ok.txt", name), Archive.Kind.ZIP)).contains("points outside");
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolve("deep/evil")).doesNotExist();
    assertThat(Path.of("/tmp/evil")).doesNotExist();
  }

  @Test
  void linksAreRefused() throws IOException {
    for (byte type :
        new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
        TarArchiveEntry link = new TarArchiveEntry("link", type);
        link.setLinkName("/etc/passwd");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
      assertThat(problem(bytes.toByteArray(), Archive.Kind.TAR_GZ))
          .endsWith("'link' is neither a file nor a folder");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry link = new ZipArchiveEntry("link");
      link.setUnixMode(0120777);
      zip.putArchiveEntry(link);
      zip.write("/etc/passwd".getBytes(StandardCharsets.US_ASCII));
      zip.closeArchiveEntry();
    }
    assertThat(problem(bytes.toByteArray(), Archive.Kind.ZIP))
        .endsWith("'link' is neither a file nor a folder");
    assertThat(into).isEmptyDirectory();
  }

  @Test
  void tooMuchIsRefused() throws IOException {
    assertThat(problem(tar("1", "2", "3", "4"), Archive.Kind.TAR_GZ)).endsWith("more than 3 files");
    emptied();
    assertThat(problem(zip("1", "2", "3", "4"), Archive.Kind.ZIP)).endsWith("more than 3 files");
    emptied();
    byte[] bomb = packed(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(problem(bomb, Archive.Kind.TAR_GZ)).endsWith("holds more than 1000000 bytes");
    assertThat(problem(packed(new byte[1024]), Archive.Kind.TAR_GZ)).endsWith("holds nothing");
  }

  @Test
  void aFileThatUnpacksToMoreThanIsAllowedIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[30_000_000]);
    }
    assertThat(problem(bytes.toByteArray(), Archive.Kind.ZIP)).endsWith("more than 1000000 bytes");
    assertThat(into.resolve("zeros"))
        .satisfies(f -> assertThat(Files.size(f)).isLessThan(2_000_000));
  }

  @Test
  void aNameTwiceIsRefused() throws IOException {
    assertThat(problem(tar("a", "a"), Archive.Kind.TAR_GZ)).endsWith("holds 'a' twice");
  }

  @Test
  void namesThatCannotBeTogetherOrAreTooLongAreRefused() throws IOException {
    assertThat(problem(tar("a", "a/b"), Archive.Kind.TAR_GZ))
        .endsWith("'a' is both a file and a folder");
    emptied();
    assertThat(problem(tar("a", "a/"), Archive.Kind.TAR_GZ))
        .endsWith("'a' is both a file and a folder");
    emptied();
    assertThat(problem(zip("n".repeat(256)), Archive.Kind.ZIP)).endsWith("or is too long");
    assertThat(problem(zip("n/".repeat(600) + "a"), Archive.Kind.ZIP)).endsWith("or is too long");
  }

  @Test
  void anArchiveCutShortAnywhereIsNamed() throws IOException {
    byte[] tar = tar("a/b.txt", "c.txt");
    for (int length = 0; length < tar.length; length += 3) {
      emptied();
      assertThat(problem(Arrays.copyOf(tar, length), Archive.Kind.TAR_GZ))
          .startsWith(folder.resolve("archive") + ": ");
    }
    byte[] zip = zip("a/b.txt", "c.txt");
    for (int length = 0; length < zip.length; length += 3) {
      emptied();
      assertThat(problem(Arrays.copyOf(zip, length), Archive.Kind.ZIP))
          .startsWith(folder.resolve("archive") + ": ");
    }
  }

  @Test
  void aDiskThatFillsUpEndsIt() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("zeros"));
      zip.write(new byte[30_000_000]);
    }
    Path file = Files.write(folder.resolve("archive"), bytes.toByteArray());
    Archive archive = new Archive(file, into, 1L << 30, 3, any -> 1000, unwatched());
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> archive.unpack(Archive.Kind.ZIP))
        .withMessageContaining("too little room");
  }

  private void emptied() throws IOException {
    try (var files = Files.walk(into)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.createDirectory(into);
  }

  private void unpack(byte[] bytes, Archive.Kind kind) throws IOException {
    Path file = Files.write(folder.resolve("archive"), bytes);
    new Archive(file, into, 1_000_000, 3, any -> Long.MAX_VALUE, unwatched()).unpack(kind);
  }

  private String problem(byte[] bytes, Archive.Kind kind) throws IOException {
    try {
      unpack(bytes, kind);
    } catch (BadFileException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("unpacked without complaint");
  }

  static Watcher.Transfer unwatched() {
    return new Watcher.Transfer() {
      @Override
      public void at(long bytes) {}

      @Override
      public void close() {}
    };
  }

  static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(entry.isDirectory() ? 0 : TEXT.length);
        tar.putArchiveEntry(entry);
        if (!entry.isDirectory()) {
          tar.write(TEXT);
        }
        tar.closeArchiveEntry();
      }
    }
    return packed(bytes.toByteArray());
  }

  static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(TEXT);
        }
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
