package io.github.snip4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.model.LeNet300100;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Networks are rewound to a step of the first training, whatever comes later. */
class RewindPointTest {
  private static final String WEIGHT = "fc3.weight";

  private final Network network = LeNet300100.create(new Seed(1));

  @Test
  void laterTrainingsDoNotMoveIt() {
    RewindPoint point = new RewindPoint(40, LeNet300100.create(new Seed(1)));
    point.afterStep(network, 39, () -> 0);
    weight().put(0, 1);
    point.afterStep(network, 40, () -> 0);
    weight().put(0, 2);
    network.restructure(Map.of(WEIGHT, new Mask(weight().shape(), keepingAll())));
    point.afterStep(network, 40, () -> 0); // of a round
    weight().put(0, 3);
    point.apply(network);
    assertThat(weight().at(0)).isEqualTo(1);
    assertThat(point.extras().tensors().get("rewind." + WEIGHT))
        .satisfies(saved -> assertThat(saved.at(0)).isEqualTo(1));
  }

  private Tensor weight() {
    return network.parameter(WEIGHT).value();
  }

  private static boolean[] keepingAll() {
    boolean[] keep = new boolean[1000];
    Arrays.fill(keep, true);
    return keep;
  }
}
