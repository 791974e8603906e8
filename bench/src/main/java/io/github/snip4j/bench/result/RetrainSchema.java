package io.github.snip4j.bench.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Brings files of before networks were pruned in rounds to the form that says so. */
public final class RetrainSchema {
  private RetrainSchema() {}

  /** A result. */
  static void result(JsonObject json) {
    options(json);
    json.add("levels", new JsonArray());
  }

  /** What a checkpoint says beside its arrays. */
  public static void checkpoint(JsonObject json) {
    options(json);
    json.add("levels", new JsonArray());
    json.add("pretrained", JsonNull.INSTANCE);
  }

  private static void options(JsonObject json) {
    if (json.get("options") instanceof JsonObject options) {
      JsonObject off = new JsonObject();
      off.addProperty("gradual", false);
      off.addProperty("pretrain", 0);
      off.addProperty("retrain", 0);
      off.add("retrainLr", JsonNull.INSTANCE);
      off.addProperty("levels", "geometric");
      off.addProperty("rewind", "none");
      off.addProperty("rewindTo", 0);
      off.addProperty("pruneEvery", 100);
      off.addProperty("pruneFrom", 0.1);
      off.addProperty("pruneUntil", 0.6);
      options.add("retraining", off);
    }
  }
}
