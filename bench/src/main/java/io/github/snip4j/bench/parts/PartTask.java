package io.github.snip4j.bench.parts;

import io.github.snip4j.bench.cell.CellSources;
import io.github.snip4j.core.internal.parallel.Parallel;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The computation of a part, as it travels to the program that does it.
 *
 * @param host the machine of the program that adds the parts
 * @param port where it listens
 * @param secret by which it knows its workers
 */
public record PartTask(String host, int port, String secret) implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Computes a part of every step, until there is nothing more to do.
   *
   * @param part from 0 on
   * @param attempt counts how often the cluster has begun to run all parts, from 0 on
   * @param sources finds the networks and the data
   * @throws IOException if the other program cannot be reached, or a file not be read: another try
   *     may succeed
   */
  public void run(int part, int attempt, CellSources sources) throws IOException {
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port));
        PartConnection connection = new PartConnection(channel)) {
      connection
          .begin(PartConnection.Kind.HELLO, 2 * Integer.BYTES + secret.length())
          .putInt(part)
          .putInt(attempt)
          .put(secret.getBytes(StandardCharsets.UTF_8));
      connection.send();
      PartWorker worker = new PartWorker(part, connection, sources);
      Parallel.withOwnThreads(
          Parallel.threads(),
          () -> {
            worker.run();
            return worker;
          });
    }
  }
}
