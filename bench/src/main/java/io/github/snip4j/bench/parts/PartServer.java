package io.github.snip4j.bench.parts;

import io.github.snip4j.bench.options.OptionException;
import io.github.snip4j.bench.parts.PartConnection.Kind;
import io.github.snip4j.bench.parts.PartConnection.Message;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where workers connect. Those of one attempt of the cluster to run them belong together; when one
 * of a later attempt is there, those before it are given up.
 */
final class PartServer implements Closeable {
  private final int parts;
  private final byte[] secret;
  private final ServerSocketChannel server;
  private int attempt = -1;
  private @Nullable PartConnection[] workers;
  private @Nullable Throwable failure;
  private boolean ended;

  /**
   * Listens at once.
   *
   * @param secret what workers must know
   * @param port where; 0 for any that is free
   * @throws OptionException if another program listens there, or this one may not
   */
  PartServer(int parts, String secret, int port) throws IOException {
    this.parts = parts;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    this.workers = new PartConnection[parts];
    this.server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(port));
    } catch (BindException e) {
      server.close();
      throw new OptionException(
          "%s %s: this machine does not give it (%s): expected one on which no program listens",
          OptionException.field("port"), port, String.valueOf(e.getMessage()));
    }
    Thread thread = new Thread(this::listen, "snip4j-parts");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.socket().getLocalPort();
  }

  private void listen() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread greeting = new Thread(() -> greet(channel), "snip4j-part");
        greeting.setDaemon(true); // somebody who connects and says nothing holds up nobody
        greeting.start();
      } catch (IOException e) {
        if (server.isOpen()) {
          fail(e);
          return;
        }
      }
    }
  }

  private void greet(SocketChannel channel) {
    try {
      PartConnection connection = new PartConnection(channel);
      if (!takes(connection)) {
        connection.close();
      }
    } catch (IOException
        | RuntimeException e) { // it may be anybody: whoever belongs here tries again
      closeQuietly(channel);
    }
  }

  private boolean takes(PartConnection connection) throws IOException {
    Message hello = connection.receive(2 * Integer.BYTES + secret.length);
    if (hello.kind() != Kind.HELLO || hello.content().remaining() != 8 + secret.length) {
      return false;
    }
    ByteBuffer content = hello.content();
    int part = content.getInt();
    int of = content.getInt();
    byte[] known = new byte[secret.length];
    content.get(known);
    return MessageDigest.isEqual(known, secret)
        && part >= 0
        && part < parts
        && add(connection, part, of);
  }

  private synchronized boolean add(PartConnection connection, int part, int of) {
    if (of < attempt || ended) {
      return false;
    }
    if (of > attempt) {
      giveUp();
      attempt = of;
    }
    PartConnection before = workers[part];
    if (before != null) {
      closeQuietly(before);
    }
    workers[part] = connection;
    notifyAll();
    return true;
  }

  /** Closes the connections to all workers that are there. */
  private void giveUp() {
    for (PartConnection worker : workers) {
      if (worker != null) {
        closeQuietly(worker);
      }
    }
    workers = new PartConnection[parts];
  }

  /**
   * Waits until the workers of all parts are there.
   *
   * @throws IOException what the cluster failed with
   */
  synchronized PartConnection[] all() throws IOException, InterruptedException {
    while (Arrays.stream(workers).anyMatch(worker -> worker == null)) {
      checkRunning();
      wait();
    }
    return Arrays.stream(workers).toArray(PartConnection[]::new);
  }

  private void checkRunning() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    } else if (failure instanceof RuntimeException e) {
      throw e;
    } else if (failure != null) {
      throw new IllegalStateException(failure);
    } else if (ended) {
      throw new IOException("the machines that compute parts have ended");
    }
  }

  /** Gives up workers one of which is lost: the others must begin anew with it. */
  synchronized void lost(PartConnection[] those) {
    if (workers[0] == those[0]) {
      giveUp();
    }
  }

  /** There will be no other workers, and why. */
  synchronized void fail(Throwable why) {
    failure = why;
    giveUp();
    notifyAll();
  }

  /** There will be no other workers. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private static void closeQuietly(Closeable one) {
    try {
      one.close();
    } catch (IOException e) { // it is given up
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    synchronized (this) {
      ended = true;
      giveUp();
      notifyAll();
    }
  }
}
