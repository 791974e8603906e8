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
  private final String secret;
  private final PartServer server;
  private @Nullable Thread thread; // that waits for the cluster
  private @Nullable PartSession session;
  private int trainings;

  /**
   * Machines, none of which is asked for yet.
   *
   * @param master which, in the words of the cluster
   * @param port where this program listens for them; 0 for any that is free
   * @throws io.github.snip4j.bench.options.OptionException if the port cannot be had
   */
  public RemoteParts(String master, int parts, PartCluster cluster, int port) throws IOException {
    this.master = master;
    this.parts = parts;
    this.cluster = cluster;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
    this.server = new PartServer(parts, secret, port);
  }

  @Override
  public Session begin(Training training) throws IOException {
    if (thread == null) {
      start();
    }
    if (session != null) {
      trainings = session.trainings();
    }
    session = new PartSession(master, parts, training, server, trainings);
    return session;
  }

  private void start() {
    Thread waiting =
        new Thread(
            () -> {
              try {
                cluster.run(master, parts, host -> new PartTask(host, server.port(), secret));
                server.end();
              } catch (InterruptedException e) { // this run is done, or has failed
                server.end();
              } catch (IOException | RuntimeException | Error e) {
                server.fail(e);
              }
            },
            "snip4j-cluster");
    waiting.start();
    thread = waiting;
  }

  /** Ends the machines' work, and waits until they have let go of it. */
  @Override
  public void close() throws IOException {
    boolean ending = session != null && session.end();
    if (!ending) {
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
    server.close();
  }
}
