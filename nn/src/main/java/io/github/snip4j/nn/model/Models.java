package io.github.snip4j.nn.model;

import java.util.List;

/** The networks that can be had by name. */
public final class Models {
  private static final List<Model> ALL = List.of(new LeNet300100());

  private Models() {}

  /** All of them, smallest first. */
  public static List<Model> all() {
    return ALL;
  }
}
