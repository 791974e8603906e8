package io.github.snip4j.bench.summary;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that was measured in one run, and the ratios within it; NaN is what was not. */
public final class Figures {
  private final Map<Job, Figure> byJob = new LinkedHashMap<>();

  /** In their order. */
  public Figures(Collection<Figure> figures) {
    figures.forEach(figure -> byJob.put(figure.job(), figure));
  }

  Collection<Figure> all() {
    return byJob.values();
  }

  /** GFLOP/s. */
  double gflops(Job job) {
    Figure figure = byJob.get(job);
    return figure == null ? Double.NaN : figure.gflops();
  }

  /** Microseconds per operation. */
  double microseconds(Job job) {
    Figure figure = byJob.get(job);
    return figure == null ? Double.NaN : figure.microseconds();
  }

  /** Microseconds within which 99 of 100 calls are done. */
  double tail(Job job) {
    Figure figure = byJob.get(job);
    return figure == null ? Double.NaN : figure.tail();
  }

  /** How far a Java's median is from the figure at most, as a share of it. */
  double spread(Job job) {
    Figure figure = byJob.get(job);
    return figure == null ? Double.NaN : figure.spread();
  }

  /** Bytes allocated per operation. */
  double bytes(Job job) {
    Figure figure = byJob.get(job);
    return figure == null ? Double.NaN : figure.bytes();
  }

  /** How many times as fast one job is done as another. */
  double speedUp(Job job, Job than) {
    @Nullable Figure a = byJob.get(job);
    @Nullable Figure b = byJob.get(than);
    return a == null || b == null ? Double.NaN : a.perNanosecond() / b.perNanosecond();
  }

  /** A target's figure: how many times as fast one job is done as another. */
  Target.Case against(String where, Job job, Job than) {
    return new Target.Case(where, speedUp(job, than), spread(job) + spread(than));
  }

  /** How many times as fast a job is done as its baseline, if it has one and both were measured. */
  Optional<Double> speedUp(Job job) {
    return job.baseline().map(base -> speedUp(job, base)).filter(ratio -> !ratio.isNaN());
  }
}
