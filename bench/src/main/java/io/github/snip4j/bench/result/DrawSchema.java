package io.github.snip4j.bench.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/**
 * Brings files of before first weights could be drawn otherwise, and other published methods be
 * run, to the form that says so.
 */
public final class DrawSchema {
  private DrawSchema() {}

  /** What a checkpoint says beside its arrays. */
  public static void checkpoint(JsonObject json) {
    result(json);
    if (json.get("curve") instanceof JsonObject curve) {
      curve.add("tested", new JsonArray());
    }
  }

  /** A result. */
  static void result(JsonObject json) {
    if (json.get("options") instanceof JsonObject options) {
      JsonObject usual = new JsonObject();
      usual.addProperty("init", "lecun");
      usual.add("scoringInit", JsonNull.INSTANCE);
      usual.addProperty("scoringBiases", "zero");
      options.add("draw", usual);
      if (options.get("retraining") instanceof JsonObject retraining) {
        retraining.addProperty("rival", "snip");
        retraining.addProperty("rivalLength", 1);
      }
    }
    for (String name : new String[] {"pruned", "dense", "pretrained"}) {
      JsonElement training = json.get(name);
      if (training instanceof JsonObject present) {
        present.add("lastCheckpoints", new JsonArray());
      }
    }
  }
}
