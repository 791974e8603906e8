package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The products of layers, dense and sparse: the time in each library, side by side. */
final class ProductTable {
  private ProductTable() {}

  private static List<String> head() {
    List<String> head = new ArrayList<>(List.of("work", "outputs x inputs", "batch", "snip4j"));
    head.addAll(Plan.MULTIPLYING_PEERS);
    head.add("time over the least of theirs");
    return head;
  }

  /** The products of which anything was measured. */
  static Table of(Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    for (LayerProduct product : Plan.LAYER_PRODUCTS) {
      rows.add(
          row(
              List.of(product.work().text(), product.layer(), String.valueOf(product.batch())),
              product.ours(),
              Plan.MULTIPLYING_PEERS.stream().map(product::peer).toList(),
              figures));
    }
    for (String layer : Plan.LAYERS) {
      for (String sparsity : Plan.HIGH_SPARSITIES) {
        rows.add(
            row(
                List.of("sparse product, " + sparsity + " %", layer, Job.BATCH),
                Job.sparse("multiply", layer, sparsity),
                Plan.MULTIPLYING_PEERS.stream()
                    .map(library -> Job.peerSparse(library, layer, sparsity))
                    .toList(),
                figures));
      }
    }
    rows.removeIf(row -> row.get(row.size() - 1).equals("-"));
    return new Table("Products, one thread, microseconds", 2, head(), rows);
  }

  private static List<String> row(List<String> what, Job ours, List<Job> theirs, Figures figures) {
    List<String> row = new ArrayList<>(what);
    row.add(time(ours, figures));
    theirs.forEach(job -> row.add(time(job, figures)));
    double least =
        theirs.stream()
            .mapToDouble(figures::microseconds)
            .filter(time -> !Double.isNaN(time))
            .min()
            .orElse(Double.NaN);
    double ratio = figures.microseconds(ours) / least;
    row.add(Double.isNaN(ratio) ? "-" : String.format(Locale.ROOT, "%.2fx", ratio));
    return row;
  }

  private static String time(Job job, Figures figures) {
    double time = figures.microseconds(job);
    return Double.isNaN(time)
        ? "-"
        : String.format(Locale.ROOT, time < 100 ? "%.1f" : "%.0f", time)
            + Spread.text(figures.spread(job));
  }
}
