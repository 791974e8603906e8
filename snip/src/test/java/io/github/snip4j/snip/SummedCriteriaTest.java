package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.internal.kernel.Broadcast;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.snip.criterion.BrainDamage;
import io.github.snip4j.snip.criterion.GradientFlow;
import io.github.snip4j.snip.criterion.HessianProduct;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria whose scores are not sums of sensitivities, over batches in parts and in any order. */
class SummedCriteriaTest {
  private static final Pass.Mode MODE = Pass.Mode.EVALUATE;
  private static final Network LENET = LeNet300100.create(new Seed(1));
  private static final List<Batch> BATCHES = batches();
  private static final Connections ALL = over(BATCHES);

  /** 8 batches of 10 examples, the last of 5. */
  private static List<Batch> batches() {
    BatchSource batches = Mnist.load().split(new Seed(1)).train().first(75).inOrder(10);
    return LongStream.range(0, batches.batchesPerEpoch()).mapToObj(batches::at).toList();
  }

  private static Connections over(List<Batch> some) {
    return Connections.of(LENET, Biases.SCORED, some, new Seed(0));
  }

  /** The exact sum over batches in parts that arrive in any order, of what each gives by itself. */
  private static SensitivitySum sum(int parts, Function<Connections, Map<String, Tensor>> each) {
    List<Batch> shuffled = new ArrayList<>(BATCHES);
    Collections.shuffle(shuffled, new Random(parts));
    List<byte[]> arriving = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      SensitivitySum partial = SensitivitySum.none(ALL);
      int to = shuffled.size() * (part + 1) / parts;
      for (Batch batch : shuffled.subList(shuffled.size() * part / parts, to)) {
        partial.add(each.apply(over(List.of(batch))), batch.size());
      }
      arriving.add(partial.toBytes());
    }
    Collections.shuffle(arriving, new Random(parts + 100));
    SensitivitySum sum = SensitivitySum.none(ALL);
    arriving.forEach(bytes -> sum.merge(SensitivitySum.ofBytes(ALL, bytes)));
    return sum;
  }

  private static void assertSameMask(Scores inParts, Scores whole) {
    int kappa = Kappa.of(whole.size(), 0.9);
    Masks one = Masks.keepTop(inParts, kappa);
    Masks other = Masks.keepTop(whole, kappa);
    int same = 0;
    for (String name : LENET.structures().keySet()) {
      boolean[] kept = Objects.requireNonNull(one.byName().get(name)).toArray();
      for (int i = 0; i < kept.length; i++) {
        same += kept[i] && Objects.requireNonNull(other.byName().get(name)).keeps(i) ? 1 : 0;
      }
    }
    assertThat(same).isGreaterThan((int) (0.999 * whole.size() * 0.1));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void optimalBrainDamageIsASum(int parts) {
    SensitivitySum sum = sum(parts, BrainDamage::saliencies);
    assertThat(sum.toBytes()).isEqualTo(sum(1, BrainDamage::saliencies).toBytes());
    assertSameMask(ALL.scores(sum.mean()), new BrainDamage().score(ALL));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void gradientFlowIsTwoSums(int parts) {
    SensitivitySum sum = productsWithTheMeanGradient(parts);
    assertThat(sum.toBytes()).isEqualTo(productsWithTheMeanGradient(1).toBytes());
    Map<String, Tensor> hg = sum.mean();
    Map<String, Tensor> saliencies =
        ALL.each(p -> Broadcast.multiply(ALL.weights(p), Objects.requireNonNull(hg.get(p.name()))));
    assertSameMask(ALL.signedScores(saliencies), new GradientFlow().score(ALL));
  }

  private static SensitivitySum productsWithTheMeanGradient(int parts) {
    Map<String, Tensor> g = sum(parts, one -> product(one).gradient()).mean();
    return sum(parts, one -> product(one).times(g));
  }

  private static HessianProduct product(Connections one) {
    return HessianProduct.of(one, MODE, GradientFlow.TEMPERATURE);
  }
}
