package io.github.snip4j.bench.result;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Brings files of before sensitivities could be summed exactly to the form that says so. */
public final class SumSchema {
  private SumSchema() {}

  /** A result, or what a checkpoint says beside its arrays. */
  public static void file(JsonObject json) {
    if (json.get("options") instanceof JsonObject options
        && options.get("scoring") instanceof JsonObject scoring) {
      scoring.add("sensitivityParts", JsonNull.INSTANCE);
    }
  }
}
