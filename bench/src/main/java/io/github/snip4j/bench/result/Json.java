package io.github.snip4j.bench.result;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.snip4j.bench.options.EnumNames;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records as text, all fields, enums in small letters: what result files and checkpoints hold. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonSerializer<Enum<?>>)
                  (value, type, context) -> new JsonPrimitive(EnumNames.of(value)))
          .registerTypeHierarchyAdapter(
              Enum.class,
              (JsonDeserializer<Enum<?>>)
                  (json, type, context) -> constant(type, json.getAsString()))
          .serializeNulls()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private Json() {}

  public static String write(Object value) {
    return GSON.toJson(value) + "\n";
  }

  /**
   * The values in a record and in the records within it, as they would be written.
   *
   * @return by the name of the component, which is the same in no two of these records
   */
  public static Map<String, JsonElement> values(Record record) {
    Map<String, JsonElement> values = new LinkedHashMap<>();
    collect(GSON.toJsonTree(record).getAsJsonObject(), values);
    return values;
  }

  private static void collect(JsonObject fields, Map<String, JsonElement> values) {
    for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
      if (field.getValue() instanceof JsonObject inner) {
        collect(inner, values);
      } else if (values.put(field.getKey(), field.getValue()) != null) {
        throw new IllegalArgumentException("two components are called " + field.getKey());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote, now or when the file had an older form.
   *
   * @throws JsonParseException if the text is anything else: a field more or less, or of another
   *     type, or of a form that is not read here
   */
  public static <T> T read(String text, Class<T> type, Schema schema) {
    JsonElement json = JsonParser.parseString(text);
    checkObject(json);
    schema.bringUp(json.getAsJsonObject());
    return read(json, type);
  }

  /**
   * Reads a part of something else, which has no schema of its own.
   *
   * @throws JsonParseException if it is anything but what {@link #write} writes of such a record
   */
  public static <T> T read(JsonElement json, Class<T> type) {
    checkObject(json);
    T value;
    try {
      value = GSON.fromJson(json, type);
    } catch (JsonParseException e) {
      throw e;
    } catch (RuntimeException e) { // a number that is none, or what a record refuses to hold
      Throwable why = e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
      throw new JsonParseException(String.valueOf(why.getMessage()), e);
    }
    checkSame("", GSON.toJsonTree(value), json);
    return value;
  }

  private static void checkObject(JsonElement json) {
    if (!json.isJsonObject()) {
      throw new JsonParseException("it holds no fields");
    }
  }

  /** Checks that a value holds all that was read and nothing else. */
  private static void checkSame(String place, JsonElement value, JsonElement read) {
    if (!(value instanceof JsonObject known) || !(read instanceof JsonObject found)) {
      if (!value.equals(read)) {
        throw new JsonParseException("its field '" + place + "' is not what it should be");
      }
      return;
    }
    for (String name : found.keySet()) {
      if (!known.has(name)) {
        throw new JsonParseException("its field '" + inside(place, name) + "' is not known");
      }
    }
    for (Map.Entry<String, JsonElement> field : known.entrySet()) {
      JsonElement there = found.get(field.getKey());
      if (there == null) {
        throw new JsonParseException(
            "its field '" + inside(place, field.getKey()) + "' is missing");
      }
      checkSame(inside(place, field.getKey()), field.getValue(), there);
    }
  }

  private static String inside(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static Enum<?> constant(Type type, String name) {
    Object[] constants = ((Class<?>) type).getEnumConstants();
    for (Object constant : constants) {
      if (constant instanceof Enum<?> one && EnumNames.of(one).equals(name)) {
        return one;
      }
    }
    throw new JsonParseException("there is no '" + name + "' in " + Arrays.toString(constants));
  }
}
