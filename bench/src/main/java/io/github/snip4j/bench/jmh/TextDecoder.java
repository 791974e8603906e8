package io.github.snip4j.bench.jmh;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.model.Decoder;
import io.github.snip4j.snip.Scope;

/**
 * The transformer of the workload {@code decoder}: it tells the next of 65 characters at each of
 * 128 places, with six blocks of width 384 and six heads; 10.7 million parameters. What is pruned
 * are the matrices of its blocks, of attention too; embeddings, norms, biases and the last layer
 * stay whole.
 */
final class TextDecoder {
  static final String NAME = "decoder";
  static final int BLOCKS = 6;
  static final int HEADS = 6;

  /** On how many texts connections are scored: 512 characters. */
  static final int SCORED = 4;

  static final Scope PRUNED =
      p -> p.role() == Parameter.Role.WEIGHT && p.name().startsWith("block");

  private static final int CHARACTERS = 65;
  private static final int CONTEXT = 128;

  private TextDecoder() {}

  static Network create(Seed seed) {
    return new Decoder(CHARACTERS, CONTEXT, 384, BLOCKS, HEADS).create(seed);
  }

  /** Characters drawn at random, and each time the one after it. */
  static Batch examples(int texts) {
    Seed seed = new Seed(1).child("text");
    Tensor x = Tensor.zeros(Shape.of(CONTEXT, texts));
    int[] next = new int[CONTEXT * texts];
    for (int n = 0; n < texts; n++) {
      for (int t = 0; t < CONTEXT; t++) {
        x.put(t * texts + n, character(seed, n, t));
        next[t * texts + n] = character(seed, n, t + 1);
      }
    }
    return new Batch(x, Targets.labels(next, texts));
  }

  private static int character(Seed seed, int text, int place) {
    return seed.below((CONTEXT + 1L) * text + place, CHARACTERS);
  }
}
