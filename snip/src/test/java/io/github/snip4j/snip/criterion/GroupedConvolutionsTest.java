package io.github.snip4j.snip.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.GlobalAveragePool;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Relu;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Criterion;
import io.github.snip4j.snip.Masks;
import io.github.snip4j.snip.Scores;
import io.github.snip4j.snip.SmallNetworks;
import io.github.snip4j.snip.diagnosis.EffectiveConnections;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions in groups, depthwise ones among them, against the same network without groups, whose
 * filters have zeros where a group does not look.
 */
class GroupedConvolutionsTest {
  private static final Map<String, Integer> GROUPS = Map.of("dw.weight", 6, "gc.weight", 2);

  private final Network grouped = SmallNetworks.withBiases(SmallNetworks.grouped());
  private final Network whole = ungrouped(grouped);
  private final Batch batch = SmallNetworks.batch(grouped, 3, 9);

  private static Network ungrouped(Network like) {
    Seed seed = new Seed(7);
    VarianceScaling lecun = VarianceScaling.lecun();
    Conv2dSpec valid = Conv2dSpec.VALID;
    Conv2dSpec same = valid.withPadding(1);
    Network whole =
        new Network(
            "whole",
            like.input(),
            like.outputs(),
            new Sequential(
                new Conv2d("pw0", Shape.of(6, 3, 1, 1), valid, lecun, seed),
                new Relu(),
                Conv2d.withoutBias("dw", Shape.of(6, 6, 3, 3), same, lecun, seed),
                new BatchNorm("bn", 6),
                new Relu(),
                new Conv2d("gc", Shape.of(4, 6, 3, 3), same, lecun, seed),
                new Relu(),
                new Conv2d("pw1", Shape.of(5, 4, 1, 1), valid, lecun, seed),
                new Relu(),
                new GlobalAveragePool("pool"),
                new Linear("fc", 5, 4, lecun, seed)));
    for (Parameter p : whole.parameters()) {
      Arrays.fill(p.value().data(), 0f);
      Parameter from = like.parameter(p.name());
      for (int j = 0; j < from.size(); j++) {
        p.value().put(place(p, from, j), from.value().at(j));
      }
    }
    return whole;
  }

  /** Where an element of a filter in groups is in the filter without. */
  private static int place(Parameter in, Parameter from, int j) {
    int groups = GROUPS.getOrDefault(in.name(), 1);
    if (groups == 1) {
      return j;
    }
    int perChannel = from.shape().dim(2) * from.shape().dim(3);
    int channels = from.shape().dim(1);
    int filter = j / (channels * perChannel);
    int group = filter / (from.shape().dim(0) / groups);
    int channel = group * channels + j / perChannel % channels;
    return (filter * in.shape().dim(1) + channel) * perChannel + j % perChannel;
  }

  private Masks structure() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (Parameter p : whole.parameters()) {
      if (p.role().isConnection()) {
        Parameter from = grouped.parameter(p.name());
        boolean[] keep = new boolean[p.size()];
        for (int j = 0; j < from.size(); j++) {
          keep[place(p, from, j)] = true;
        }
        masks.put(p.name(), new Mask(p.shape(), keep));
      }
    }
    return Masks.of(masks);
  }

  static Stream<Arguments> criteria() {
    return Stream.of(
        of("snip", ConnectionSensitivity::score),
        of("magnitude", new Magnitude()),
        of("grasp", new GradientFlow()),
        of("grasp, own statistics", new GradientFlow(1, Pass.Mode.TRAIN)),
        of("synflow", new SynapticFlow()),
        of("obd", new BrainDamage()),
        of("skeleton", new UnitRelevance()));
  }

  private static Arguments of(String name, Criterion criterion) {
    return Arguments.of(name, criterion);
  }

  @ParameterizedTest
  @MethodSource("criteria")
  void scoresAreThoseOfTheNetworkWithoutGroups(String name, Criterion criterion) {
    Scores actual = criterion.score(Connections.of(grouped, batch));
    Scores expected = criterion.score(Connections.of(whole, batch).at(structure()));
    double share = 0; // of those that exist, in the scores of the whole network
    double largest = 0;
    for (String parameter : actual.names()) {
      Parameter from = grouped.parameter(parameter);
      for (int j = 0; j < from.size(); j++) {
        double s = Math.abs(expected.of(parameter).at(place(whole.parameter(parameter), from, j)));
        share += s;
        largest = Math.max(largest, s);
      }
    }
    for (String parameter : actual.names()) {
      Parameter from = grouped.parameter(parameter);
      Tensor s = expected.of(parameter);
      for (int j = 0; j < from.size(); j++) {
        assertThat((double) actual.of(parameter).at(j))
            .as("%s %d", parameter, j)
            .isCloseTo(
                s.at(place(whole.parameter(parameter), from, j)) / share,
                within(2e-4 * largest / share));
      }
    }
  }

  @Test
  void relevanceOfAChannelIsTheDerivativeByItsGate() {
    Scores scores = new UnitRelevance().score(Connections.of(grouped, batch));
    for (String name : GROUPS.keySet()) {
      Parameter w = grouped.parameter(name);
      int groups = GROUPS.getOrDefault(name, 1);
      int perGroup = w.size() / groups;
      int channels = w.shape().dim(1);
      double[] gates = new double[6];
      double[] found = new double[6];
      double product = 0;
      double square = 0;
      for (int c = 0; c < 6; c++) {
        gates[c] = Math.abs(loss(w, c, 1.02f) - loss(w, c, 0.98f)) / 0.04;
        found[c] = scores.of(name).at(c / channels * perGroup + c % channels * 9);
        product += gates[c] * found[c];
        square += found[c] * found[c];
      }
      for (int c = 0; c < 6; c++) {
        assertThat(found[c] * product / square)
            .as("%s %d", name, c)
            .isCloseTo(gates[c], within(1e-4));
      }
    }
  }

  /** The loss with one channel of a convolution's input scaled. */
  private double loss(Parameter w, int channel, float by) {
    float[] before = w.value().toArray();
    int groups = GROUPS.getOrDefault(w.name(), 1);
    int channels = w.shape().dim(1);
    int rows = w.shape().dim(0) / groups;
    for (int j = 0; j < w.size(); j++) {
      int group = j / (channels * 9) / rows;
      if (group * channels + j / 9 % channels == channel) {
        w.value().put(j, before[j] * by);
      }
    }
    double loss = grouped.loss(batch, Pass.evaluation()).value().item();
    for (int j = 0; j < w.size(); j++) {
      w.value().put(j, before[j]);
    }
    return loss;
  }

  @Test
  void effectiveConnectionsAreThoseOfTheNetworkWithoutGroups() {
    for (long draw = 0; draw < 10; draw++) {
      Map<String, Mask> some = new LinkedHashMap<>();
      Map<String, Mask> same = new LinkedHashMap<>();
      for (Parameter p : grouped.parameters()) {
        if (p.role().isConnection()) {
          Seed seed = new Seed(draw).child(p.name());
          Parameter to = whole.parameter(p.name());
          boolean[] keep = new boolean[p.size()];
          boolean[] there = new boolean[to.size()];
          for (int j = 0; j < keep.length; j++) {
            keep[j] = seed.uniform(j) < 0.25;
            there[place(to, p, j)] = keep[j];
          }
          some.put(p.name(), new Mask(p.shape(), keep));
          same.put(p.name(), new Mask(to.shape(), there));
        }
      }
      EffectiveConnections actual = EffectiveConnections.of(grouped, Masks.of(some));
      EffectiveConnections expected = EffectiveConnections.of(whole, Masks.of(same));
      assertThat(actual.units()).isEqualTo(expected.units());
      for (Parameter p : grouped.parameters()) {
        if (p.role().isConnection()) {
          Parameter to = whole.parameter(p.name());
          for (int j = 0; j < p.size(); j++) {
            assertThat(actual.effective().of(p.name()).keeps(j))
                .isEqualTo(expected.effective().of(p.name()).keeps(place(to, p, j)));
          }
        }
      }
    }
  }
}
