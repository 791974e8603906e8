package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fetching from servers that are slow, cut off, redirect, or lie. */
@Timeout(60)
class FetchTest {
  private static final int LENGTH = 300_000;
  private final byte[] content = new byte[LENGTH];
  private final List<String> seen = new ArrayList<>();
  @TempDir Path folder;
  private @Nullable LyingServer server;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) new Seed(1).bits(i);
    }
    server = new LyingServer(content);
  }

  @AfterEach
  void stop() throws IOException {
    server().close();
  }

  private LyingServer server() {
    return Objects.requireNonNull(server);
  }

  @Test
  void aWholeFileArrivesAndNothingElseIsLeft() throws IOException {
    assertThat(fetch()).isEqualTo(folder.resolve("set"));
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
    assertThat(everything()).containsExactly("set", "set/a.bin");
    assertThat(seen).containsExactly("fetching a.bin 300000 of 300000");
  }

  @Test
  void aConnectionThatIsCutGoesOnWhereItStopped() throws IOException {
    server().cutAfter(100_000);
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
    assertThat(server().ranges()).containsExactly("", "bytes=100000-", "bytes=200000-");
    assertThat(server().conditions()).containsExactly("", "\"v1\"", "\"v1\"");
  }

  @Test
  void alsoALaterFetchGoesOn() throws IOException {
    server().cutAfter(100_000);
    server().answerOnly(1);
    assertThat(problem())
        .contains("(100000 of 300000 bytes are there, and the next fetch goes on)")
        .endsWith(
            "you may also put "
                + folder.resolve("set/a.bin")
                + " there by hand and run this again");
    assertThat(folder.resolve("set/a.bin")).doesNotExist();
    server().cutAfter(LENGTH);
    server().answerOnly(1000);
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
    assertThat(everything()).containsExactly("set", "set/a.bin");
  }

  @Test
  void aServerWithoutRangesIsAskedForAllAgain() throws IOException {
    part(120_000);
    server().ignoreRanges();
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
  }

  @Test
  void anotherVersionOnTheServerIsNotMixedIn() throws IOException {
    part(120_000);
    Files.write(folder.resolve("set/a.bin.part"), new byte[120_000]); // of the older version
    Files.writeString(folder.resolve("set/a.bin.part.version"), "\"v0\"");
    fetch();
    assertThat(server().conditions()).containsExactly("\"v0\"");
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
  }

  @Test
  void aPartThatIsTooLongIsThrownAway() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.write(folder.resolve("set/a.bin.part"), new byte[LENGTH + 1]);
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    server().redirect();
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
  }

  @Test
  void wrongBytesAreDeletedAndNamed() throws IOException {
    String address = server().address() + "a.bin";
    Download download = download();
    content[77] ^= 1; // after the digest was published
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> fetch(download))
        .withMessageStartingWith(address + ": is not the published a.bin: expected SHA-256 ");
    assertThat(everything()).containsExactly("set");
  }

  @Test
  void aServerThatLiesAboutTheLengthIsNotBelieved() throws IOException {
    server().claim(LENGTH + 5L);
    assertThat(problem())
        .contains("the server has a file of 300005 bytes, but the published one has 300000");
    server().claim(1L << 40);
    assertThat(problem()).contains("the server has a file of 1099511627776 bytes");
    server().claim(LENGTH);
    server().cutAfter(LENGTH - 5);
    server().ignoreRanges();
    assertThat(problem()).contains("could not be fetched");
    server().claim(-1); // says nothing, and goes on for ever
    server().endless();
    assertThat(problem()).contains("sends more than the 300000 bytes there should be");
    assertThat(folder.resolve("set/a.bin")).doesNotExist();
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws IOException {
    server().stallAfter(0);
    assertThat(problem()).contains("nothing arrived for 1 s");
  }

  @Test
  void aServerThatFallsSilentNowAndThenIsAskedForTheRest() throws IOException {
    server().stallAfter(160_000);
    fetch();
    assertThat(folder.resolve("set/a.bin")).hasBinaryContent(content);
    assertThat(server().ranges()).containsExactly("", "bytes=160000-");
  }

  @Test
  void refusalsAreNamed() throws IOException {
    server().status(404);
    assertThat(problem())
        .startsWith(
            server().address()
                + "a.bin could not be fetched: the server answers with status 404; ");
    int before = server().ranges().size();
    server().status(503);
    assertThat(problem()).contains("status 503");
    assertThat(server().ranges().size() - before).isEqualTo(3); // tried again
  }

  @Test
  void noServerAtAllIsNamed() throws IOException {
    Download download = download();
    server().close();
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(download))
        .withMessageContaining("could not be fetched: no connection (ConnectException)")
        .withMessageContaining("by hand");
    for (String address : new String[] {"ftp://x/", "no address", "file:///etc/"}) {
      assertThatExceptionOfType(BadFileException.class)
          .isThrownBy(() -> fetch(download.from(address)))
          .withMessageContaining("is no address");
    }
  }

  @Test
  void filesThatWerePutThereByHandAreCheckedAndUsed() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.write(folder.resolve("set/a.bin"), content);
    fetch();
    assertThat(server().ranges()).isEmpty();
    Files.write(folder.resolve("set/a.bin"), new byte[3]);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(this::fetch)
        .withMessageContaining("set/a.bin: is not the published a.bin: expected SHA-256 ");
    assertThat(folder.resolve("set/a.bin")).hasSize(3); // it is the user's
  }

  @Test
  void anArchiveIsUnpackedAsideAndMovedIntoPlace() throws IOException {
    byte[] tar = ArchiveTest.tar("in/", "in/a.txt");
    server().close();
    server = new LyingServer(tar);
    fetch(archive(tar, 10_000));
    assertThat(everything()).containsExactly("set", "set/in", "set/in/a.txt");
    assertThat(seen)
        .containsExactly(
            "fetching a.bin " + tar.length + " of " + tar.length, "unpacking a.bin 5 of 10000");
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> fetch(archive(tar, 10_000)))
        .withMessageEndingWith("is there, but is not the whole dataset: move it away first");
  }

  @Test
  void anArchiveThatIsRefusedLeavesNoFolder() throws IOException {
    byte[] tar = ArchiveTest.tar("a.txt", "../b.txt");
    Files.write(folder.resolve("a.bin"), tar); // put there by hand
    Files.createDirectories(folder.resolve(".set.unpacking/left")); // by an interrupted fetch
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> fetch(archive(tar, 10_000)))
        .withMessageContaining("'../b.txt' points outside of the folder");
    assertThat(everything()).containsExactly("a.bin");
    byte[] large = ArchiveTest.tar("a.txt", "b.txt");
    Files.write(folder.resolve("a.bin"), large);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> fetch(archive(large, 4)))
        .withMessageContaining("holds more than 8 bytes");
    assertThat(everything()).containsExactly("a.bin");
  }

  private Download archive(byte[] bytes, long unpacked) {
    RemoteFile file = new RemoteFile("a.bin", bytes.length, Sha256.of(bytes));
    return new Download(server().address(), List.of(file), Archive.Kind.TAR_GZ, unpacked);
  }

  @Test
  void aFullDiskIsNotFilled() {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> fetch(download(), any -> LENGTH + DiskSpace.MARGIN - 1))
        .withMessage(
            folder + ": too little room: 67 MB are needed, with some to spare, and 67 MB are free");
    assertThat(server().ranges()).isEmpty();
  }

  @Test
  void twoFetchesOfTheSameDoNotMix() throws IOException {
    server().stallAfter(1);
    server().answerOnly(1);
    Thread other = new Thread(() -> assertThat(problemQuietly()).isNotEmpty());
    other.start();
    while (!Files.exists(folder.resolve("set/a.bin.part"))) {
      LockSupport.parkNanos(5_000_000);
    }
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(this::fetch)
        .withMessageEndingWith("is locked: this process is fetching it already");
    join(other);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String problemQuietly() {
    try {
      return problem();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void part(int length) throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.write(folder.resolve("set/a.bin.part"), Arrays.copyOf(content, length));
  }

  private Path fetch() throws IOException {
    return fetch(download());
  }

  private Path fetch(Download download) throws IOException {
    return fetch(download, any -> Long.MAX_VALUE);
  }

  private Path fetch(Download download, DiskSpace space) throws IOException {
    return new Fetch(this::watch, space, Duration.ofSeconds(1), Duration.ofMillis(10))
        .fetch(download, folder, "set");
  }

  private Watcher.Transfer watch(String what, long bytes) {
    long[] last = new long[1];
    return new Watcher.Transfer() {
      @Override
      public void at(long now) {
        last[0] = now;
      }

      @Override
      public void close() {
        seen.add(what + " " + last[0] + " of " + bytes);
      }
    };
  }

  private String problem() throws IOException {
    try {
      fetch();
    } catch (FetchException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("fetched without complaint");
  }

  private Download download() {
    return new Download(
        server().address(),
        List.of(new RemoteFile("a.bin", LENGTH, Sha256.of(content))),
        Archive.Kind.NONE,
        0);
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void digestsOfTheRightLengthArePublishedForAllFiles() {
    for (Download download :
        List.of(Download.fashionMnist(), Download.cifar10(), Download.tinyImageNet())) {
      for (RemoteFile file : download.files()) {
        assertThat(file.sha256()).matches("[0-9a-f]{64}");
      }
      assertThat(download.address()).matches("https://.*/");
      String only = download.files().get(0).name();
      assertThat(download.from("http://mirror/x").address()).isEqualTo("http://mirror/x/");
      if (download.files().size() == 1) {
        assertThat(download.from("http://mirror/x/" + only).address())
            .isEqualTo("http://mirror/x/");
      }
    }
  }
}
