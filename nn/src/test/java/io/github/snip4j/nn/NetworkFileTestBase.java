package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Sequential;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/** Small networks in files, and what it means that one came back. */
abstract class NetworkFileTestBase {
  static final Seed SEED = new Seed(5);
  static final Initializer LECUN = VarianceScaling.lecun();
  @TempDir Path folder;

  static Network of(Shape input, int classes, Layer... layers) {
    return new Network("made", input, classes, new Sequential(layers));
  }

  static Tensor input(Network network) {
    Tensor x = Tensor.zeros(network.input().append(3));
    for (int i = 0; i < x.size(); i++) {
      boolean word = network.input().equals(Shape.of(2));
      x.put(i, word ? SEED.below(i, 3) : (float) SEED.normal(i));
    }
    return x;
  }

  static void assertSame(Network back, Network network) {
    assertThat(Architecture.text(back)).isEqualTo(Architecture.text(network));
    assertThat(back.masks().keySet()).isEqualTo(network.masks().keySet());
    network
        .masks()
        .forEach(
            (name, mask) ->
                assertThat(Objects.requireNonNull(back.masks().get(name)).toArray())
                    .isEqualTo(mask.toArray()));
    Tensor x = input(network);
    assertThat(back.logits(x).toArray()).isEqualTo(network.logits(x).toArray());
    for (Network each : List.of(back, network)) {
      each.forward(Variable.constant(x), Pass.training(new Seed(1))); // moves the statistics
    }
    assertThat(back.logits(x).toArray()).isEqualTo(network.logits(x).toArray());
  }
}
