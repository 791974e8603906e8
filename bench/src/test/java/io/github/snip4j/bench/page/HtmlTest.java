package io.github.snip4j.bench.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Text stays text, whatever it looks like. */
class HtmlTest {
  private static final String EVIL = "</script><b title=\"x\">&{{name}}";

  @Test
  void textIsEscapedOnItsWayInAndMarkupIsNot() {
    assertThat(
            Html.fill("<i t=\"{{a}}\">{{b}}</i>", Map.of("a", EVIL, "b", new Html("<b>x</b>")))
                .markup())
        .isEqualTo(
            "<i t=\"&lt;/script&gt;&lt;b title=&quot;x&quot;&gt;&amp;{{name}}\"><b>x</b></i>");
  }

  @Test
  void aNameWithoutAValueIsAMistake() {
    assertThatThrownBy(() -> Html.fill("{{other}}", Map.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void dataCannotEndTheScriptTheyStandIn() {
    assertThat(Html.json(List.of(EVIL)).markup()).doesNotContain("<", ">", "&");
  }

  @Test
  void cellsAndHeadsOfATableAreText() {
    Table table = new Table(EVIL, 1, List.of(EVIL, "n"), List.of(List.of(EVIL, EVIL)));
    assertThat(table.html().markup())
        .doesNotContain("<b ")
        .contains("<th scope=\"col\" class=\"number\">n</th>", "<td class=\"number\">&lt;/script");
  }
}
