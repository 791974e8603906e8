package io.github.snip4j.core.internal.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadSettingsTest {
  @Test
  void thereIsAThreadPerProcessorUnlessANumberIsSet() {
    assertThat(ThreadSettings.of(null, null, 6)).isEqualTo(new ThreadSettings(6, 50_000, null));
    assertThat(ThreadSettings.of("1", "0", 6)).isEqualTo(new ThreadSettings(1, 0, null));
    assertThat(ThreadSettings.of("1024", "1000", 6))
        .isEqualTo(new ThreadSettings(1024, 1_000_000, null));
    assertThat(ThreadSettings.of(null, null, 4_000).threads()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "0", "-1", "1025", "2.5", "99999999999"})
  void otherNumbersOfThreadsAreRefused(String threads) {
    assertThat(ThreadSettings.of(threads, null, 6).mistake())
        .isEqualTo("snip4j.threads=" + threads + ": expected a number of threads from 1 to 1024");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "-1", "1001", "false"})
  void otherTimesToSpinAreRefused(String spin) {
    assertThat(ThreadSettings.of(null, spin, 6).mistake())
        .isEqualTo("snip4j.spin=" + spin + ": expected microseconds from 0 (do not spin) to 1000");
  }
}
