package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  @Test
  void eachPlatformHasItsConvention() {
    assertThat(DataFolder.standard(Map.of(), "Linux", "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/snip4j"));
    assertThat(DataFolder.standard(Map.of("XDG_CACHE_HOME", "/big"), "Linux", "/home/me"))
        .isEqualTo(Path.of("/big/snip4j"));
    assertThat(DataFolder.standard(Map.of("XDG_CACHE_HOME", "relative"), "Linux", "/home/me"))
        .isEqualTo(Path.of("/home/me/.cache/snip4j"));
    assertThat(DataFolder.standard(Map.of(), "Mac OS X", "/Users/me"))
        .isEqualTo(Path.of("/Users/me/Library/Caches/snip4j"));
    assertThat(DataFolder.standard(Map.of("LOCALAPPDATA", "/local"), "Windows 11", "/me"))
        .isEqualTo(Path.of("/local/snip4j"));
  }

  @Test
  void theVariableAndTheOptionGoFirst() {
    assertThat(DataFolder.standard(Map.of("SNIP4J_DATA", "/data"), "Linux", "/home/me"))
        .isEqualTo(Path.of("/data"));
    assertThat(DataFolder.of(Path.of("/given"))).isEqualTo(Path.of("/given"));
  }
}
