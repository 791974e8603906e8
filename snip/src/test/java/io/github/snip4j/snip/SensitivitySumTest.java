package io.github.snip4j.snip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.data.BatchSource;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Mnist;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sensitivities over many batches, in parts that come in any order. */
class SensitivitySumTest {
  private static final Pass.Mode MODE = Pass.Mode.EVALUATE;
  private static final Network LENET = LeNet300100.create(new Seed(1));
  private static final List<Batch> BATCHES = batches(2950, 100); // the last is of 50
  private static final Connections ALL = Connections.of(LENET, Biases.SCORED, BATCHES, new Seed(0));
  private static final byte[] WHOLE = SensitivitySum.over(ALL, MODE).toBytes();

  private static List<Batch> batches(int examples, int size) {
    BatchSource batches = Mnist.load().split(new Seed(1)).train().first(examples).inOrder(size);
    return LongStream.range(0, batches.batchesPerEpoch()).mapToObj(batches::at).toList();
  }

  private static Connections over(List<Batch> some) {
    return Connections.of(LENET, Biases.SCORED, some, new Seed(0));
  }

  private static float[] numbers(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name)).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void anyPartsInAnyOrderGiveTheSameBytes(int parts) {
    List<Batch> shuffled = new ArrayList<>(BATCHES);
    Collections.shuffle(shuffled, new Random(parts));
    List<byte[]> arriving = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = shuffled.size() * part / parts;
      int to = shuffled.size() * (part + 1) / parts;
      arriving.add(SensitivitySum.over(over(shuffled.subList(from, to)), MODE).toBytes());
    }
    Collections.shuffle(arriving, new Random(parts + 100));
    SensitivitySum sum = SensitivitySum.none(ALL);
    arriving.forEach(bytes -> sum.merge(SensitivitySum.ofBytes(ALL, bytes)));
    assertThat(sum.count()).isEqualTo(2950);
    assertThat(sum.toBytes()).isEqualTo(WHOLE);
  }

  @Test
  void batchesAreMadeOneAtATimeAsTheyAreScoredOn() {
    List<Integer> made = new ArrayList<>();
    List<Batch> lazy =
        new AbstractList<>() {
          @Override
          public Batch get(int index) {
            made.add(index);
            return BATCHES.get(index);
          }

          @Override
          public int size() {
            return BATCHES.size();
          }
        };
    Connections connections = over(lazy);
    assertThat(made).isEmpty();
    assertThat(SensitivitySum.over(connections, MODE).toBytes()).isEqualTo(WHOLE);
    assertThat(made).containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
  }

  /** What floats do not: or this class would not be needed. */
  @Test
  void sumsOfFloatsDependOnTheOrder() {
    List<Batch> reversed = new ArrayList<>(BATCHES.subList(0, 10));
    float[] forward = numbers(Accumulation.SUM.over(over(reversed), MODE), "fc1.weight");
    Collections.reverse(reversed);
    float[] back = numbers(Accumulation.SUM.over(over(reversed), MODE), "fc1.weight");
    assertThat(back).isNotEqualTo(forward);
  }

  @Test
  void theMeanIsThatOfTheSumOverBatches() {
    Map<String, Tensor> mean = SensitivitySum.ofBytes(ALL, WHOLE).mean();
    Map<String, Tensor> floats = Accumulation.SUM.over(ALL, MODE); // in units of the first batch
    assertThat(mean.keySet()).containsExactlyElementsOf(floats.keySet());
    for (Map.Entry<String, Tensor> entry : floats.entrySet()) {
      float[] expected = entry.getValue().toArray();
      float[] found = numbers(mean, entry.getKey());
      double largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(largest > 0).isEqualTo(entry.getKey().endsWith(".weight")); // biases are 0
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i] * 29.5).isCloseTo(expected[i], within(2e-6 * largest));
      }
    }
    Masks exact = Masks.keepTop(ALL.scores(mean), 5332);
    Masks rounded = Masks.keepTop(ALL.scores(floats), 5332);
    assertThat(exact.of("fc1.weight").kept()).isCloseTo(rounded.of("fc1.weight").kept(), within(5));
  }

  @Test
  void examplesCountByTheirNumber() {
    Network network = SmallNetworks.connected(2, 1);
    Connections connections = Connections.of(network, Biases.SCORED, List.of(), new Seed(0));
    SensitivitySum sum = SensitivitySum.none(connections);
    sum.add(values(1f, -2f, 0x1p-149f), 3);
    sum.add(values(3f, 2f, 0f), 1);
    assertThat(sum.count()).isEqualTo(4);
    assertThat(numbers(sum.mean(), "fc1.weight")).containsExactly(1.5f, -1f);
    assertThat(numbers(sum.mean(), "fc1.bias")).containsExactly(0x1p-149f);
  }

  /** The weights and the bias of two inputs and one output. */
  private static Map<String, Tensor> values(float first, float second, float bias) {
    return Map.of(
        "fc1.weight",
        Tensor.of(Shape.of(1, 2), first, second),
        "fc1.bias",
        Tensor.of(Shape.of(1), bias));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NaN      | 1   | sum of sensitivities: fc1.weight at position 1 is NaN: expected finite weights and examples",
        "Infinity | 1   | sum of sensitivities: fc1.weight at position 1 is Infinity: expected finite weights and examples",
        "1        | 0   | sum of sensitivities: 0.0 examples: expected a whole number, 1 to 2^29",
        "1        | 1.5 | sum of sensitivities: 1.5 examples: expected a whole number, 1 to 2^29",
        "0x1p40   | 5   | sum of sensitivities: it could become 5.49755813889E12, and there is room for less than 4.4e12: expected weights and examples that give a smaller loss",
      })
  void whatHasNoExactSumIsRefusedAndChangesNothing(float second, double examples, String sentence) {
    Network network = SmallNetworks.connected(2, 1);
    Connections connections = Connections.of(network, Biases.SCORED, List.of(), new Seed(0));
    SensitivitySum sum = SensitivitySum.none(connections);
    sum.add(values(10f, 0, 0), 1);
    byte[] before = sum.toBytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sum.add(values(1f, second, 1f), examples))
        .withMessage(sentence);
    assertThat(sum.toBytes()).isEqualTo(before);
  }

  @Test
  void sumsOfOtherConnectionsAreRefused() {
    Connections small =
        Connections.of(SmallNetworks.connected(2, 1), Biases.SCORED, List.of(), new Seed(0));
    Connections other =
        Connections.of(SmallNetworks.connected(3, 1), Biases.SCORED, List.of(), new Seed(0));
    SensitivitySum sum = SensitivitySum.none(small);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sum.merge(SensitivitySum.none(other)))
        .withMessage(
            "sum of sensitivities: it is of {fc1.weight=[1, 2], fc1.bias=[1]}, and cannot take those"
                + " of {fc1.weight=[1, 3], fc1.bias=[1]}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SensitivitySum.ofBytes(other, sum.toBytes()))
        .withMessageContaining("names and shapes");
    assertThatIllegalStateException()
        .isThrownBy(sum::mean)
        .withMessage("sum of sensitivities: no batch was added to it");
  }

  @Test
  void damagedBytesAreRefused() {
    byte[] shorter = Arrays.copyOf(WHOLE, WHOLE.length - 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SensitivitySum.ofBytes(ALL, shorter))
        .withMessageContaining(shorter.length + " of them: expected " + WHOLE.length);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SensitivitySum.ofBytes(ALL, new byte[0]))
        .withMessageContaining("names and shapes");
    byte[] larger = WHOLE.clone();
    larger[WHOLE.length - 8] ^= 0x20; // the last value's most significant byte
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SensitivitySum.ofBytes(ALL, larger))
        .withMessageContaining("a value of fc3.bias exceeds");
  }
}
