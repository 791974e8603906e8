package io.github.snip4j.bench.parts;

import io.github.snip4j.bench.run.PartWorkers;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The machines of a cluster as those who compute the parts of a run, one each. They are started
 * with the first training, and serve all that follow.
 */
public final class RemoteParts implements PartWorkers, Closeable {
  private static final long GRACE_MILLIS = 10_000;

  private final String master;
  private final int parts;
  private final PartCluster cluster;
  private @Nullable PartServer server;
  private @Nullable Thread thread; // that waits for the cluster
  private @Nullable PartSession session;
  private int trainings;

  /**
   * Machines, none of which is asked for yet.
   *
   * @param master which, in the words of the cluster
   */
  public RemoteParts(String master, int parts, PartCluster cluster) {
    this.master = master;
    this.parts = parts;
    this.cluster = cluster;
  }

  @Override
  public Session begin(Training training) throws IOException {
    PartServer workers = server == null ? start() : server;
    if (session != null) {
      trainings = session.trainings();
    }
    session = new PartSession(master, parts, training, workers, trainings);
    return session;
  }

  private PartServer start() throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    PartServer workers = new PartServer(parts, secret);
    server = workers;
    Thread waiting =
        new Thread(
            () -> {
              try {
                cluster.run(master, parts, host -> new PartTask(host, workers.port(), secret));
                workers.end();
              } catch (InterruptedException e) { // this run is done, or has failed
                workers.end();
              } catch (IOException | RuntimeException | Error e) {
                workers.fail(e);
              }
            },
            "snip4j-cluster");
    waiting.start();
    thread = waiting;
    return workers;
  }

  /** Ends the machines' work, and waits until they have let go of it. */
  @Override
  public void close() throws IOException {
    boolean ending = session != null && session.end();
    if (server != null && !ending) {
      server.close();
    }
    if (thread != null) {
      try {
        thread.join(ending ? GRACE_MILLIS : 1); // by itself, if all is well
        thread.interrupt();
        thread.join();
      } catch (InterruptedException e) {
        thread.interrupt();
        Thread.currentThread().interrupt();
      }
    }
    if (server != null) {
      server.close();
    }
  }
}
