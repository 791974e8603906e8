package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.DataSpec;

/** Describes in words the batch that connections were scored on. */
final class BatchDescription {
  private BatchDescription() {}

  /** The batch in words, as in {@code 100 examples of class 3 from mnist}. */
  static String of(int size, DataSpec data) {
    String examples = size == 1 ? "1 example" : size + " examples";
    return switch (data.sensitivityFrom()) {
      case "random" -> examples + " from " + data.title();
      case "balanced" -> examples + " from " + data.title() + ", as many of each class,";
      default ->
          examples + " of " + data.sensitivityFrom().replace(':', ' ') + " from " + data.title();
    };
  }
}
