package io.github.snip4j.bench.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;
import java.util.Arrays;

/** Records as text, all fields, enums in small letters: what result files and checkpoints hold. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonSerializer<Enum<?>>)
                  (value, type, context) -> new JsonPrimitive(Spelling.of(value)))
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonDeserializer<Enum<?>>)
                  (json, type, context) -> constant(type, json.getAsString()))
          .serializeNulls()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private Json() {}

  static String write(Object value) {
    return GSON.toJson(value) + "\n";
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonParseException if the text is anything else: a field more or less, or of another
   *     type
   */
  static <T> T read(String text, Class<T> type) {
    T value;
    try {
      value = GSON.fromJson(text, type);
    } catch (JsonParseException e) {
      throw e;
    } catch (RuntimeException e) { // a number that is none, or what a record refuses to hold
      throw new JsonParseException(String.valueOf(e.getMessage()), e);
    }
    if (value == null || !write(value).equals(text)) {
      throw new JsonParseException("its fields are not those of " + type.getSimpleName());
    }
    return value;
  }

  private static Enum<?> constant(Type type, String name) {
    Object[] constants = ((Class<?>) type).getEnumConstants();
    for (Object constant : constants) {
      if (constant instanceof Enum<?> one && Spelling.of(one).equals(name)) {
        return one;
      }
    }
    throw new JsonParseException("there is no '" + name + "' in " + Arrays.toString(constants));
  }
}
