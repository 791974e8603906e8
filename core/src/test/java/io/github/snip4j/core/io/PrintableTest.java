package io.github.snip4j.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatATerminalObeysIsShown() {
    assertThat(Printable.of("a\u001b[2Jb")).isEqualTo("a\\u001b[2Jb");
    assertThat(Printable.of("one\ntwo\r\t\u0000\u007f\u009b"))
        .isEqualTo("one\\u000atwo\\u000d\\u0009\\u0000\\u007f\\u009b");
    assertThat(Printable.of("\u202egnp.exe\u2066\u200f\u2028"))
        .isEqualTo("\\u202egnp.exe\\u2066\\u200f\\u2028");
    assertThat(Printable.of("half \ud83d of one, a tag \udb40\udc01"))
        .isEqualTo("half \\ud83d of one, a tag \\u{e0001}");
  }

  @Test
  void lettersOfAllLanguagesStay() {
    for (String text :
        List.of("fc1.weight", "Größe", "数据", "שלום", "é e\u0301", "🙂", "a\\b 'c'")) {
      assertThat(Printable.of(text)).isSameAs(text);
    }
  }

  @Test
  void longListsAndLongNamesAreCut() {
    assertThat(Printable.list(List.of("a", "b\n"))).isEqualTo("a, b\\u000a");
    List<String> many = IntStream.range(0, 47).mapToObj(i -> "n" + i).toList();
    assertThat(Printable.list(many))
        .isEqualTo("n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 37 more");
    assertThat(Printable.name("x".repeat(70_000))).isEqualTo("x".repeat(120) + "...");
  }
}
