package io.github.snip4j.bench.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.snip4j.bench.page.Html;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that was chosen or found, name by name, for whoever wants to do it again.
 *
 * @param text what to know before
 */
public record Facts(String text, List<Fact> facts) implements Section {
  /** One of them. */
  public record Fact(String name, String value) {}

  /**
   * What a record holds, field by field.
   *
   * @param json a record as a result file has it; a field is named in words, an inner one after its
   *     outer one, and left out if it is empty
   */
  public static List<Fact> of(JsonElement json) {
    List<Fact> facts = new ArrayList<>();
    add("", json, facts);
    return facts;
  }

  private static void add(String name, JsonElement json, List<Fact> facts) {
    if (json.isJsonObject()) {
      json.getAsJsonObject()
          .entrySet()
          .forEach(e -> add((name + " " + words(e.getKey())).strip(), e.getValue(), facts));
    } else if (json.isJsonArray()) {
      List<String> values = new ArrayList<>();
      json.getAsJsonArray().forEach(value -> values.add(value(value.getAsJsonPrimitive())));
      add(name, String.join(", ", values), facts);
    } else if (!json.isJsonNull()) {
      add(name, value(json.getAsJsonPrimitive()), facts);
    }
  }

  private static void add(String name, String value, List<Fact> facts) {
    if (!value.isEmpty()) {
      facts.add(new Fact(name, value));
    }
  }

  /** Numbers without exponents: somebody chose them. */
  private static String value(JsonPrimitive value) {
    return value.isNumber()
        ? new BigDecimal(value.getAsString()).stripTrailingZeros().toPlainString()
        : value.getAsString();
  }

  /** The words of a field, as in {@code weight decay} for {@code weightDecay}. */
  private static String words(String field) {
    return field.equals("lr")
        ? "learning rate"
        : field.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  @Override
  public String heading() {
    return "How to do it again";
  }

  @Override
  public Html html() {
    return Html.fill(
        """
        <p>{{text}}</p>
        <details class="settings"><summary>All settings</summary>
        <div class="wide"><table><tbody>
        {{rows}}
        </tbody></table></div>
        </details>""",
        Map.of("text", text, "rows", Html.each(facts, Facts::row)));
  }

  private static Html row(Fact fact) {
    return Html.fill(
        "<tr><th scope=\"row\">{{name}}</th><td>{{value}}</td></tr>",
        Map.of("name", fact.name(), "value", fact.value()));
  }
}
