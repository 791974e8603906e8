package io.github.snip4j.bench.cli;

import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.parts.PartCluster;
import io.github.snip4j.bench.parts.PartTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cluster of threads, which begins all parts anew where one fails. */
final class ThreadCluster implements PartCluster {
  private final CellSources sources;
  private final List<Future<?>> running = new ArrayList<>();
  private int attempts;
  private volatile int port;

  ThreadCluster() {
    this(new NamedSources());
  }

  ThreadCluster(CellSources sources) {
    this.sources = sources;
  }

  @Override
  public void run(String master, int parts, Function<String, PartTask> task)
      throws IOException, InterruptedException {
    PartTask work = task.apply("localhost");
    port = work.port();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      while (!ended(begin(work, parts, threads))) {
        attempts++;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Future<?>> begin(PartTask work, int parts, ExecutorService threads) {
    int attempt = attempts;
    synchronized (running) {
      running.clear();
      for (int k = 0; k < parts; k++) {
        int part = k;
        running.add(
            threads.submit(
                () -> {
                  work.run(part, attempt, sources);
                  return part;
                }));
      }
      return List.copyOf(running);
    }
  }

  private static boolean ended(List<Future<?>> all) throws InterruptedException {
    boolean well = true;
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException | java.util.concurrent.CancellationException e) {
        well = false;
      }
    }
    return well;
  }

  /** Ends a part as a machine does that is switched off. */
  void kill(int part) {
    synchronized (running) {
      running.get(part).cancel(true);
    }
  }

  /** Where the parts are added. */
  int port() {
    return port;
  }

  int attempts() {
    return attempts;
  }

  /** A cluster that cannot be had. */
  static PartCluster failing(@Nullable IOException why) {
    return (master, parts, task) -> {
      throw why == null ? new IOException("none") : why;
    };
  }
}
