package io.github.snip4j.bench.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a page: markup that is well-formed and says what it should. A {@code String} is text,
 * and becomes a part of it by being escaped; so what comes from outside cannot become markup.
 *
 * @param markup where attributes stand in double quotes
 */
public record Html(String markup) {
  /** No markup. */
  public static final Html NOTHING = new Html("");

  private static final Pattern PER_CENT = Pattern.compile("(\\d) %");
  private static final Gson GSON = // writes < and > of a text as escapes
      new GsonBuilder()
          .registerTypeHierarchyAdapter(
              Map.class, (JsonSerializer<Map<?, ?>>) (map, type, context) -> inOrder(map, context))
          .create();

  /** Text; no line breaks between a number and its per cent. */
  public static Html text(String text) {
    return new Html(StringEscapeUtils.escapeHtml4(PER_CENT.matcher(text).replaceAll("$1\u00a0%")));
  }

  /**
   * A template with {@code {{name}}} replaced: {@code Html} is put in as it is, anything else as
   * text.
   *
   * @throws IllegalArgumentException if the template has a name that has no value
   */
  public static Html fill(String template, Map<String, ?> values) {
    return new Html(
        new StringSubstitutor(name -> inserted(values.get(name)), "{{", "}}", '\\')
            .setEnableUndefinedVariableException(true)
            .setDisableSubstitutionInValues(true)
            .replace(template));
  }

  private static @Nullable String inserted(@Nullable Object value) {
    return value == null
        ? null
        : value instanceof Html html ? html.markup() : text(String.valueOf(value)).markup();
  }

  /** One piece for each of some things, a line each. */
  public static <T> Html each(Collection<T> things, Function<? super T, Html> piece) {
    return new Html(things.stream().map(piece).map(Html::markup).collect(Collectors.joining("\n")));
  }

  /** An element without attributes around each text. */
  public static Html lines(Collection<String> texts, String tag) {
    return each(texts, t -> new Html("<" + tag + ">" + text(t).markup() + "</" + tag + ">"));
  }

  /** A map that has no order of its own, which differs from one Java to the next, by its names. */
  private static JsonElement inOrder(Map<?, ?> map, JsonSerializationContext context) {
    Map<String, Object> ordered =
        map instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
    map.forEach((name, value) -> ordered.put(String.valueOf(name), value));
    JsonObject json = new JsonObject();
    ordered.forEach((name, value) -> json.add(name, context.serialize(value)));
    return json;
  }

  /** Data for a script: no text in it can end the element that it stands in. */
  public static Html json(Object value) {
    return new Html(GSON.toJson(Objects.requireNonNull(value)));
  }
}
