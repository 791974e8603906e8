package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The published datasets: their addresses and digests. */
class DownloadTest {
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
