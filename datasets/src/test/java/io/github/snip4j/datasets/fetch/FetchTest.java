package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Sha256;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fetching that ends well, at once or after going on, and unpacking. */
class FetchTest extends FetchTestBase {
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
    List<String> ranges = server().ranges();
    assertThat(ranges).hasSizeGreaterThanOrEqualTo(3);
    assertThat(ranges.get(0)).isEmpty();
    int from = 0;
    for (String range : ranges.subList(1, ranges.size())) {
      int next = Integer.parseInt(range.replaceAll("bytes=([0-9]+)-", "$1"));
      assertThat(next).isBetween(from + 1, from + 100_000); // the last bytes may go with the line
      from = next;
    }
    assertThat(server().conditions()).startsWith("", "\"v1\"", "\"v1\"");
  }

  @Test
  void alsoALaterFetchGoesOn() throws IOException {
    server().cutAfter(100_000);
    server().answerOnly(1);
    assertThat(problem())
        .containsPattern(
            "\\((100000|[1-9][0-9]{4}) of 300000 bytes are there, and the next fetch goes on\\)")
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
    serve(tar);
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
}
