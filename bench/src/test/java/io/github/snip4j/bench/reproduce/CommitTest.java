package io.github.snip4j.bench.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit is that of the branch, of a file of its own or of many branches' file, or itself. */
class CommitTest {
  private static final String NAME = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;

  @Test
  void aBranchLeadsToItsCommit() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("project/a/b"));
    assertThat(Commit.of(inside)).isEmpty();
    Path git = Files.createDirectories(folder.resolve("project/.git/refs/heads"));
    Path head = folder.resolve("project/.git/HEAD");
    Files.writeString(head, "ref: refs/heads/main\n");
    assertThat(Commit.of(inside)).isEmpty(); // no commit yet
    Files.writeString(
        folder.resolve("project/.git/packed-refs"), "# pack-refs\n" + NAME + " refs/heads/main\n");
    assertThat(Commit.of(inside)).isEqualTo("0123456789");
    Files.writeString(git.resolve("main"), NAME.replace('0', 'f') + "\n");
    assertThat(Commit.of(inside)).isEqualTo("f123456789");
    Files.writeString(head, NAME + "\n");
    assertThat(Commit.of(inside)).isEqualTo("0123456789");
  }
}
