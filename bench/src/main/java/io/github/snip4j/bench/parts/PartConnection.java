package io.github.snip4j.bench.parts;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Messages between two programs: the number of bytes that follow, the kind, and what it says.
 *
 * <p>One thread writes and reads; {@link #close} may be called by any, and ends both.
 */
final class PartConnection implements Closeable {
  /** What a message is. */
  enum Kind {
    /** A worker is there: which secret it knows, which part it computes. */
    HELLO('H'),
    /** A training begins, or goes on. */
    START('B'),
    /** What a part adds to a step. */
    PART('P'),
    /** What all parts add up to. */
    SUM('S'),
    /** The loss of a part is not finite. */
    DIVERGED('D'),
    /** A worker cannot compute, and could not if it tried again: why. */
    REFUSED('R'),
    /** There is nothing more to do. */
    END('E');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }

    private static Kind of(byte code) throws IOException {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IOException("a message of kind " + code + ": there is none");
    }
  }

  /** A text at most: one sentence. */
  static final int SENTENCE = 1 << 16;

  private static final int LENGTH = Integer.BYTES;

  private final SocketChannel channel;
  private ByteBuffer out = buffer(1 << 12);
  private ByteBuffer in = buffer(1 << 12); // from 0 to its position: read
  private int taken; // how much of that belongs to the last message

  PartConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Begins a message.
   *
   * @param most bytes that it will have
   * @return to be written into, and then {@linkplain #send sent}
   */
  ByteBuffer begin(Kind kind, int most) {
    int size = Math.addExact(LENGTH + 1, most);
    if (out.capacity() < size) {
      out = buffer(size);
    }
    out.clear().position(LENGTH);
    return out.put(kind.code);
  }

  /** Sends the message that was begun. */
  void send() throws IOException {
    out.putInt(0, out.position() - LENGTH).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  /** Sends a message that is a text. */
  void send(Kind kind, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(utf8.length, SENTENCE);
    begin(kind, length).put(utf8, 0, length);
    send();
  }

  /** A message that has arrived. */
  record Message(Kind kind, ByteBuffer content) {
    String text() {
      return StandardCharsets.UTF_8.decode(content).toString();
    }
  }

  /**
   * The next message.
   *
   * @param most bytes that it may have
   * @return overwritten by the next
   * @throws IOException if there is none, or it is larger or of no kind
   */
  Message receive(int most) throws IOException {
    read(LENGTH);
    int length = in.getInt(0);
    if (length < 1 || length > most + 1L) {
      throw new IOException("a message of " + length + " bytes: expected 1 to " + (most + 1L));
    }
    read(Math.addExact(LENGTH, length));
    int end = LENGTH + length;
    ByteBuffer content = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    content.limit(end).position(LENGTH + 1);
    taken = end;
    return new Message(Kind.of(in.get(LENGTH)), content);
  }

  /** Reads until so many bytes of the next message are there. */
  private void read(int bytes) throws IOException {
    if (taken > 0) {
      in.flip().position(taken);
      in.compact();
      taken = 0;
    }
    if (in.capacity() < bytes) {
      ByteBuffer larger = buffer(bytes);
      in.flip();
      larger.put(in);
      in = larger;
    }
    while (in.position() < bytes) {
      if (channel.read(in) < 0) {
        throw new EOFException("the connection has ended");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
