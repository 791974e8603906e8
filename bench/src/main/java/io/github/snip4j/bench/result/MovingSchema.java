package io.github.snip4j.bench.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Brings files of before connections could move to the form that says so. */
public final class MovingSchema {
  private MovingSchema() {}

  /** A result. */
  static void result(JsonObject json) {
    options(json);
    training(json, "pruned");
    training(json, "dense");
  }

  /** What a checkpoint says beside its arrays. */
  public static void checkpoint(JsonObject json) {
    options(json);
    training(json, "pruned");
    json.add("moves", new JsonArray());
  }

  private static void options(JsonObject json) {
    if (json.get("options") instanceof JsonObject options) {
      JsonObject off = new JsonObject();
      off.addProperty("dynamic", "off");
      off.addProperty("updateEvery", 100);
      off.addProperty("dropFraction", 0.3);
      off.addProperty("updateUntil", 0.75);
      off.addProperty("redistribute", "none");
      options.add("moving", off);
    }
  }

  private static void training(JsonObject json, String name) {
    JsonElement training = json.get(name);
    if (training instanceof JsonObject present) {
      present.add("movement", JsonNull.INSTANCE);
    }
  }
}
