package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.CharacterText;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.Decoder;
import io.github.snip4j.nn.optim.Adam;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Schedule;
import io.github.snip4j.nn.train.Evaluation;
import io.github.snip4j.nn.train.Trainer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A decoder of characters: a label for each place of a text. */
class DecoderTest {
  private static final Seed SEED = new Seed(2);
  private static final CharacterText TEXT =
      CharacterText.of("the quick brown fox jumps over the lazy dog. ".repeat(40));
  private static final BatchSource PIECES = TEXT.pieces(12, 8, 4, SEED);

  /** Weights of linear layers and attention; embeddings and norms stay whole. */
  private static final Scope BLOCKS =
      p -> p.role() == Parameter.Role.WEIGHT && p.name().startsWith("block");

  private static Network decoder() {
    return new Decoder(TEXT.words(), 12, 32, 2, 4).create(SEED);
  }

  @Test
  void itGivesLogitsForEachPlace() {
    Network decoder = decoder();
    Batch batch = PIECES.at(0);
    assertThat(decoder.logits(batch.x()).shape()).isEqualTo(Shape.of(TEXT.words(), 12, 8));
    Evaluation fresh = Evaluation.of(decoder, PIECES);
    assertThat(fresh.examples()).isEqualTo(4 * 12 * 8);
    assertThat(fresh.loss()).isCloseTo(Math.log(TEXT.words()), within(0.1)); // it knows nothing
  }

  @Test
  void laterCharactersDoNotChangeEarlierLogits() {
    Network decoder = decoder();
    Tensor x = PIECES.at(0).x();
    Tensor changed = x.copy();
    for (int n = 0; n < 8; n++) {
      changed.set(0, 7, n);
    }
    Tensor before = decoder.logits(x);
    Tensor after = decoder.logits(changed);
    boolean same = true;
    for (int k = 0; k < TEXT.words(); k++) {
      for (int n = 0; n < 8; n++) {
        assertThat(after.get(k, 6, n)).isEqualTo(before.get(k, 6, n));
        same &= after.get(k, 7, n) == before.get(k, 7, n);
      }
    }
    assertThat(same).isFalse();
  }

  @Test
  void sensitivitiesAreFiniteDifferences() {
    Network decoder = decoder();
    decoder
        .parameters()
        .forEach(
            p -> {
              for (int i = 0; i < p.value().size() && p.role() == Parameter.Role.WEIGHT; i++) {
                p.value().put(i, 8 * p.value().at(i)); // large enough to tell in float
              }
              p.changed();
            });
    Batch batch = PIECES.at(0);
    Map<String, Tensor> g = ConnectionSensitivity.of(decoder, batch, BLOCKS);
    assertThat(g).hasSize(8);
    g.forEach(
        (name, values) -> {
          for (int j = 0; j < values.size(); j += values.size() / 5) {
            float h = 1f / 32;
            double difference =
                (loss(decoder, batch, name, j, 1 + h) - loss(decoder, batch, name, j, 1 - h))
                    / (2 * h);
            assertThat((double) values.at(j))
                .as(name + " " + j)
                .isCloseTo(difference, within(3e-4));
          }
        });
  }

  private static double loss(Network network, Batch batch, String name, int j, float at) {
    Pass pass =
        Pass.connections(
            Pass.Mode.EVALUATE,
            SEED,
            p -> {
              if (!p.name().equals(name)) {
                return null;
              }
              Tensor c = Tensor.full(p.shape(), 1f);
              c.put(j, at);
              return c;
            },
            Parameter::value);
    return network.loss(batch, pass).value().item();
  }

  @Test
  void prunedItLearnsTheText() {
    Network decoder = decoder();
    Connections connections = Connections.of(decoder, BLOCKS, List.of(PIECES.at(0)), SEED);
    Masks masks =
        Pruner.of(ConnectionSensitivity::score).with(Allocation.uniform()).prune(connections, 0.8);
    Network sparse = Sparsifier.compile(decoder, masks);
    Trainer.fit(
        sparse,
        PIECES,
        new Optimizer(Adam.adamW(0.01), sparse),
        Schedule.cosine(0.01, 0, 300),
        300,
        SEED);
    Evaluation evaluation = Evaluation.of(sparse, TEXT.pieces(12, 8, 10, new Seed(9)));
    assertThat(evaluation.loss()).isLessThan(0.6);
    assertThat(evaluation.error()).isLessThan(0.2);
  }
}
