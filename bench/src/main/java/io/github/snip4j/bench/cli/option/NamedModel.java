package io.github.snip4j.bench.cli.option;

import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import org.jspecify.annotations.Nullable;

/** The networks as people name them. */
public final class NamedModel {
  private NamedModel() {}

  /**
   * The network of this name.
   *
   * @throws UserError if there is none, and which are called almost so
   */
  public static Model of(String name) {
    Model model = Models.named(name);
    if (model == null) {
      throw new UserError(
          NameLookup.unknown("model", name, Models.all().stream().map(Model::name).toList()));
    }
    return model;
  }

  /** Says if {@code --classes} is out of range. */
  public static void checkClasses(@Nullable Integer classes) {
    if (classes != null && classes < 1) {
      throw new UserError("--classes " + classes + ": expected 1 or more");
    }
  }
}
