package io.github.snip4j.bench.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.Consumer;

/**
 * The forms that a kind of file has had, numbered from 0, the form of files that say no number. A
 * file of an older form is brought to the present one step by step, before it becomes a record.
 *
 * <p>Whoever adds, drops or renames a field of the record adds a step here that does so to an older
 * file, or one that throws and says why it cannot be done.
 *
 * @param file what such a file is called, as in {@code result.json}
 * @param steps the first leads from form 0 to form 1; they modify what they are given
 */
public record Schema(String file, List<Consumer<JsonObject>> steps) {
  private static final String NUMBER = "schema";

  /** The number of the present form. */
  public int now() {
    return steps.size();
  }

  /**
   * Brings a file to the present form.
   *
   * @param json modified
   * @throws JsonParseException if it is of a later form, or of one that cannot be brought here
   */
  void bringUp(JsonObject json) {
    int number = number(json);
    if (number < 0 || number > now()) {
      throw new JsonParseException(
          ("it is of schema " + number + ", and this snip4j reads schemas 0 to " + now())
              + ": use the version that wrote it");
    }
    for (Consumer<JsonObject> step : steps.subList(number, now())) {
      step.accept(json);
    }
    json.addProperty(NUMBER, now());
  }

  /** The step of a file of before there were data and weights of the user's own. */
  public static void addOwnFiles(JsonObject file) {
    JsonObject options = inner(file, "options");
    options.add("weights", JsonNull.INSTANCE);
    options.add("masks", JsonNull.INSTANCE);
    JsonObject data = inner(options, "data");
    data.add("size", JsonNull.INSTANCE);
    data.add("label", JsonNull.INSTANCE);
    data.add("ignored", new JsonArray());
  }

  private static JsonObject inner(JsonObject json, String name) {
    if (json.get(name) instanceof JsonObject inner) {
      return inner;
    }
    throw new JsonParseException("its field '" + name + "' is missing");
  }

  /** The step from a form that has too little in it. */
  public static Consumer<JsonObject> refuse(int number, String why) {
    return json -> {
      throw new JsonParseException("it is of schema " + number + ", " + why);
    };
  }

  private static int number(JsonObject json) {
    JsonElement number = json.get(NUMBER);
    if (number == null) {
      return 0;
    }
    if (number instanceof JsonPrimitive one
        && one.isNumber()
        && one.getAsString().matches("[0-9]{1,9}")) {
      return one.getAsInt();
    }
    throw new JsonParseException("its schema is no number");
  }
}
