package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.DiskSpace;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Fetching from servers that lie, fall silent or are not there, and what is said of it. */
class FetchFailuresTest extends FetchTestBase {
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
    Download nowhere = download.from("http://127.0.0.1:1/"); // no test's server ever gets this port
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch(nowhere))
        .withMessageContaining("could not be fetched: no connection (ConnectException)")
        .withMessageContaining("by hand");
    for (String address : new String[] {"ftp://x/", "no address", "file:///etc/"}) {
      assertThatExceptionOfType(BadFileException.class)
          .isThrownBy(() -> fetch(download.from(address)))
          .withMessageContaining("is no address");
    }
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
}
