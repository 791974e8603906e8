package io.github.snip4j.snip.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.LogSoftmax;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.Sigmoid;
import io.github.snip4j.nn.layer.Softmax;
import io.github.snip4j.nn.layer.Softplus;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.SmallNetworks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which units hear something and are heard, by hand on networks of a few units. */
class EffectiveUnitsTest {
  /** A sigmoid of nothing is 1/2, which is no signal; a softmax hands each signal to all units. */
  @ParameterizedTest
  @CsvSource({"sigmoid, 2", "softplus, 2", "softmax, 4", "log-softmax, 4"})
  void constantsAreNoSignals(String kind, int onPath) {
    Layer activation =
        switch (kind) {
          case "sigmoid" -> new Sigmoid();
          case "softplus" -> new Softplus();
          case "softmax" -> new Softmax();
          default -> new LogSoftmax();
        };
    Seed seed = new Seed(1);
    Network network =
        new Network(
            kind,
            Shape.of(2),
            2,
            new Sequential(
                new Linear("fc1", 2, 2, VarianceScaling.lecun(), seed),
                activation,
                new Linear("fc2", 2, 2, VarianceScaling.lecun(), seed)));
    boolean[] upper = {true, true, false, false}; // unit 1 hears nothing
    boolean[] all = {true, true, true, true};
    Map<String, Mask> masks = new LinkedHashMap<>();
    masks.put("fc1.weight", new Mask(Shape.of(2, 2), upper));
    masks.put("fc2.weight", new Mask(Shape.of(2, 2), all));
    EffectiveConnections wiring = EffectiveConnections.of(network, Masks.of(masks));
    assertThat(wiring.effective().of("fc1.weight").kept()).isEqualTo(2);
    assertThat(wiring.effective().of("fc2.weight").kept()).isEqualTo(onPath);
  }

  @Test
  void unitsWithoutInputOrOutputAreCounted() {
    Network network = SmallNetworks.connected(2, 3, 2);
    Map<String, Mask> masks = new LinkedHashMap<>();
    boolean[] first = {true, false, false, true, false, false}; // units 0 and 1 hear something
    boolean[] second = {true, false, true, false, false, false}; // units 0 and 2 are heard
    masks.put("fc1.weight", new Mask(Shape.of(3, 2), first));
    masks.put("fc2.weight", new Mask(Shape.of(2, 3), second));
    EffectiveConnections wiring = EffectiveConnections.of(network, Masks.of(masks));
    assertThat(wiring.units())
        .isEqualTo(
            List.of(
                new EffectiveConnections.Units("fc1", 3, 1, 1),
                new EffectiveConnections.Units("fc2", 2, 1, 0)));
    assertThat(wiring.effective().of("fc1.weight").keptPositions()).containsExactly(0);
    assertThat(wiring.effective().of("fc2.weight").keptPositions()).containsExactly(0);
    assertThat(wiring.sparsity()).isEqualTo(10 / 12.0);
  }
}
