package io.github.snip4j.bench.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeLeftTest {
  private long seconds;

  @Test
  void cellsToComeTakeAsLongAsThoseThatEnded() {
    TimeLeft time = new TimeLeft(5, 1, () -> seconds * 1_000_000_000);
    assertThat(time.words()).isEmpty();
    time.ended(1); // was finished before
    assertThat(time.words()).isEmpty();
    time.begins(2);
    seconds = 100;
    time.ended(2);
    assertThat(time.words()).isEqualTo("; 0:05:00 left");
    time.begins(3);
    seconds = 140;
    assertThat(time.words()).isEqualTo("; 0:04:20 left");
    seconds = 400;
    time.ended(3);
    assertThat(time.words()).isEqualTo("; 0:06:40 left");
    time.ended(4);
    time.ended(5);
    assertThat(time.words()).isEmpty();
  }

  @Test
  void cellsSideBySideShareTheTime() {
    TimeLeft time = new TimeLeft(6, 2, () -> seconds * 1_000_000_000);
    time.begins(1);
    time.begins(2);
    seconds = 60;
    time.ended(1);
    time.begins(3);
    // 3, 4, 5 and 6 take 60 s each; 2 has had its 60 s
    assertThat(time.words()).isEqualTo("; 0:02:00 left");
  }
}
