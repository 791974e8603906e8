package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.bench.jmh.Scaling;
import io.github.snip4j.bench.page.Table;
import io.github.snip4j.bench.result.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what more threads would give training steps. */
final class ScalingRun {
  private static final List<String> WORKLOADS =
      List.of(
          "lenet-300-100-98-100",
          "lenet-5-caffe-99-100",
          "lstm-s-95-100",
          "gru-s-95-100",
          "vgg-like-97-32",
          "wrn-16-8-95-32");
  private static final double ROUND = 0.5; // seconds
  private static final int[] MORE = {4, 8, 16, 32};

  private ScalingRun() {}

  static int run(List<String> asked, PrintWriter out) {
    List<String> workloads = asked.isEmpty() ? WORKLOADS : asked;
    for (String workload : workloads) {
      try {
        Scaling.check(workload);
      } catch (IllegalArgumentException e) {
        throw new UserError("bench --scaling: " + e.getMessage());
      }
    }
    Machine here = Machine.here();
    out.println("Java " + here.jdk() + ", " + here.system() + ", " + here.kernels());
    List<List<String>> rows = new ArrayList<>();
    for (String workload : workloads) {
      for (String variant : List.of("sparse", "dense")) {
        rows.add(row(workload, variant));
        out.println(String.join("  ", rows.get(rows.size() - 1)));
        out.flush();
      }
    }
    List<String> head = new ArrayList<>();
    head.addAll(List.of("training step", "", "one thread, ms", "two: measured", "two: model"));
    for (int threads : MORE) {
      head.add(threads + ": model");
    }
    head.add("not shared");
    out.println();
    out.println(new Table("Times as fast as one thread", 2, head, rows).markdown());
    return 0;
  }

  private static List<String> row(String workload, String variant) {
    Scaling scaling = Scaling.of(workload, variant, ROUND);
    List<String> row = new ArrayList<>();
    row.add(workload);
    row.add(variant);
    row.add(number("%.3f", scaling.one()));
    boolean two = Runtime.getRuntime().availableProcessors() > 1;
    row.add(two ? number("%.2fx", scaling.one() / scaling.two()) : "–");
    row.add(number("%.2fx", scaling.speedup(2)));
    for (int threads : MORE) {
      row.add(number("%.1fx", scaling.speedup(threads)));
    }
    row.add(number("%.1f %%", 100 * scaling.pieces().alone()));
    return row;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
