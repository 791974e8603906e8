package io.github.snip4j.bench.result;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Brings files of before batches could be cut into parts to the form that says so. */
public final class PartsSchema {
  private PartsSchema() {}

  /** A result, or what a checkpoint says beside its arrays. */
  public static void file(JsonObject json) {
    if (json.get("options") instanceof JsonObject options) {
      options.addProperty("parts", 1);
    }
    for (String name : new String[] {"pruned", "dense", "pretrained"}) {
      JsonElement training = json.get(name);
      if (training instanceof JsonObject present) {
        present.add("exchange", JsonNull.INSTANCE);
      }
    }
  }
}
