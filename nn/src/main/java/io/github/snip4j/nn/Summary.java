package io.github.snip4j.nn;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The layers of a network as a table, in the order in which they compute. */
final class Summary {
  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Parameter> told = new HashSet<>();

  private Summary() {
    rows.add(List.of("layer", "kind", "output", "numbers", "kept"));
  }

  static String of(Network network) {
    Summary summary = new Summary();
    Pass pass = Pass.evaluation().substituting(summary::row);
    network.forward(Variable.constant(Tensor.zeros(network.input().append(1))), pass);
    return network + System.lineSeparator() + summary.table();
  }

  /** One line: {@code lenet: [784] to [10], 266610 numbers in 6 parameters, 5332 kept}. */
  static String line(Network network) {
    long all = 0;
    long kept = 0;
    for (Parameter parameter : network.parameters()) {
      all += parameter.size();
      kept += parameter.value().size();
    }
    return (network.name() + ": " + network.input() + " to " + network.output() + ", " + all)
        + (" numbers in " + network.parameters().size() + " parameters")
        + (kept < all ? ", " + kept + " kept" : "");
  }

  /** A layer that consists of others has a row only if it has numbers of its own beside them. */
  private Variable row(Layer layer, Variable x, Pass pass) {
    int before = rows.size();
    Variable y = layer.forward(x, pass);
    long all = 0;
    long kept = 0;
    boolean shared = !layer.parameters().isEmpty();
    for (Parameter parameter : layer.parameters()) {
      if (told.add(parameter)) {
        all += parameter.size();
        kept += parameter.value().size();
        shared = false;
      }
    }
    boolean hasParts = rows.size() > before;
    if (!hasParts || all > 0) {
      Shape example = y.shape().rank() == 0 ? y.shape() : y.shape().dropLast();
      String numbers = shared ? "shared" : all == 0 ? "" : Long.toString(all);
      String left = kept < all ? Long.toString(kept) : "";
      rows.add(List.of(layer.name(), kind(layer), example.toString(), numbers, left));
    }
    return y;
  }

  private static String kind(Layer layer) {
    Class<?> type = layer.getClass();
    return type.isSynthetic() || type.isAnonymousClass() ? "function" : type.getSimpleName();
  }

  private String table() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        boolean number = i >= 3;
        line.append(number ? pad + row.get(i) : row.get(i) + pad).append("  ");
      }
      table.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return table.toString();
  }
}
