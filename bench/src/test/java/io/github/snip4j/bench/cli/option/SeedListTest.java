package io.github.snip4j.bench.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedListTest {
  @Test
  void aNumberIsHowMany() {
    assertThat(SeedList.parse("3")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aListSaysWhich() {
    assertThat(SeedList.parse("1,4,7-9")).containsExactly(1L, 4L, 7L, 8L, 9L);
    assertThat(SeedList.parse("9,0")).containsExactly(9L, 0L);
    assertThat(SeedList.parse("4-4")).containsExactly(4L);
  }
}
