package io.github.snip4j.snip.dynamic;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One update: for all parameters which connections stay, then how many grow, then where.
 *
 * @param fraction of the connections that is dropped
 * @param seed of this update
 */
record ConnectionUpdate(MoveRules rules, double fraction, Findings findings, Seed seed) {
  /** A parameter, where its connections were, and where they are after some were dropped. */
  private static final class Dropped {
    final Parameter parameter;
    final int[] before;
    final int[] survivors;

    Dropped(Parameter parameter, int[] before, int[] survivors) {
      this.parameter = parameter;
      this.before = before;
      this.survivors = survivors;
    }

    int count() {
      return before.length - survivors.length;
    }

    int vacancies() {
      return parameter.size() - survivors.length;
    }
  }

  /** Changes the network; returns how many connections are new. */
  int apply(Network network, List<Parameter> parameters, EverAlive everAlive) {
    List<Dropped> dropped = parameters.stream().map(this::drop).toList();
    int[] growing = growing(dropped);
    List<Vacancies> vacancies = dropped.stream().map(this::vacancies).toList();
    int[][] grown = new int[growing.length][];
    Parallel.forEach(
        growing.length, i -> grown[i] = grown(parameters.get(i), vacancies.get(i), growing[i]));
    Map<String, Mask> masks = new LinkedHashMap<>();
    int moved = 0;
    for (int i = 0; i < growing.length; i++) {
      Dropped one = dropped.get(i);
      if (one.count() == 0 && growing[i] == 0) {
        continue; // too few to move any
      }
      int[] after = Selection.merged(one.survivors, grown[i]);
      masks.put(one.parameter.name(), Mask.of(Structure.of(one.parameter.shape(), after)));
      everAlive.add(one.parameter, after);
      moved += Selection.newIn(after, one.before);
    }
    network.restructure(masks);
    return moved;
  }

  private Dropped drop(Parameter parameter) {
    int[] before = parameter.structure().positions();
    int[] stay = rules.drop().survivors(parameter.value(), fraction);
    int[] survivors = new int[stay.length];
    for (int k = 0; k < stay.length; k++) {
      survivors[k] = before[stay[k]];
    }
    return new Dropped(parameter, before, survivors);
  }

  /** How many grow in each parameter, as many in all as were dropped. */
  private int[] growing(List<Dropped> dropped) {
    int[] numbers = dropped.stream().mapToInt(Dropped::count).toArray();
    if (rules.redistribution() == Redistribution.NONE) {
      return numbers;
    }
    List<Integer> weights = new ArrayList<>(); // biases keep their number
    for (int i = 0; i < numbers.length; i++) {
      if (dropped.get(i).parameter.role() == Parameter.Role.WEIGHT) {
        weights.add(i);
      }
    }
    double[] shares =
        weights.stream()
            .mapToDouble(
                i ->
                    findings.meanMagnitude(
                        rules.redistribution().evidence(), dropped.get(i).parameter))
            .toArray();
    int[] room = weights.stream().mapToInt(i -> dropped.get(i).vacancies()).toArray();
    int total = weights.stream().mapToInt(i -> numbers[i]).sum();
    double all = 0;
    for (double share : shares) {
      all += share;
    }
    if (!(all > 0 && all < Double.POSITIVE_INFINITY)) {
      return numbers; // nothing tells the layers apart
    }
    int[] shared = Redistribution.apportioned(shares, room, total);
    for (int k = 0; k < shared.length; k++) {
      numbers[weights.get(k)] = shared[k];
    }
    return numbers;
  }

  private Vacancies vacancies(Dropped one) {
    Parameter parameter = one.parameter;
    return new Vacancies(
        Structure.of(parameter.shape(), one.survivors),
        seed.child(parameter.name()),
        findings.everywhere(rules.grow().evidence(), parameter));
  }

  private int[] grown(Parameter parameter, Vacancies vacancies, int count) {
    int[] grown = rules.grow().grow(vacancies, count);
    if (grown.length != count) {
      throw new IllegalArgumentException(
          ("grow rule: " + grown.length + " positions for " + parameter)
              + (": expected " + count + ", as many as asked for"));
    }
    return grown;
  }
}
