package io.github.snip4j.snip.rival;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.HashSet;
import java.util.Set;

/**
 * How small a network can be stored whose weights and biases have few values: a list of the values
 * as floats, and of each connection that is kept the number of its value and its distance from the
 * kept one before it, counted through all parameters. Where a distance is too large for its bits, a
 * filler stands in between [Han, Mao, Dally, <i>Deep compression</i>, ICLR 2016, section 2].
 *
 * @param connections weights and biases, kept or not
 * @param kept how many are kept
 * @param values how many different values the kept ones have
 * @param distanceBits how many bits each distance has: those with the smallest sum
 * @param fillers how many there are
 * @param bits of all together
 */
public record Quantised(
    int connections, int kept, int values, int distanceBits, int fillers, long bits) {
  private static final int MOST_BITS = 16;

  /** Counts what a network has. */
  public static Quantised of(Network network) {
    Set<Float> values = new HashSet<>();
    int kept = 0;
    long[] fillers = new long[MOST_BITS + 1];
    long last = -1;
    long begin = 0;
    for (Parameter p : network.parameters()) {
      if (!p.role().isConnection()) {
        continue;
      }
      int[] positions = p.structure().positions();
      for (int k = 0; k < positions.length; k++) {
        values.add(p.value().at(k) + 0f); // -0 is 0
        long gap = begin + positions[k] - last - 1; // pruned ones in between
        for (int b = 1; b <= MOST_BITS; b++) {
          fillers[b] += gap >> b; // each filler takes the place of one of 2^b
        }
        last = begin + positions[k];
      }
      kept += positions.length;
      begin += p.size();
    }
    int valueBits =
        values.size() < 2 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(values.size() - 1);
    int best = 1;
    for (int b = 2; b <= MOST_BITS; b++) {
      if ((kept + fillers[b]) * (valueBits + b) < (kept + fillers[best]) * (valueBits + best)) {
        best = b;
      }
    }
    long each = (kept + fillers[best]) * (valueBits + best);
    long all = (long) Float.SIZE * values.size() + each;
    return new Quantised(
        network.connections(), kept, values.size(), best, Math.toIntExact(fillers[best]), all);
  }

  /** How many times smaller that is than all connections as floats. */
  public double ratio() {
    return (double) connections * Float.SIZE / bits;
  }
}
