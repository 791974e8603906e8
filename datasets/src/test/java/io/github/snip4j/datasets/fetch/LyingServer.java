package io.github.snip4j.datasets.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server with one file, which does what it should not; each connection has one answer. */
final class LyingServer implements AutoCloseable {
  private final byte[] content;
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final List<String> conditions = new CopyOnWriteArrayList<>();
  private volatile int cutAfter = Integer.MAX_VALUE;
  private volatile int stallAfter = Integer.MAX_VALUE;
  private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);
  private volatile int status = 200;
  private volatile long claim;
  private volatile boolean ignoreRanges;
  private volatile boolean redirect;
  private volatile boolean endless;

  LyingServer(byte[] content) throws IOException {
    this.content = content;
    this.claim = content.length;
    Thread thread = new Thread(this::serve, "lying-server");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "http://localhost:" + socket.getLocalPort() + "/";
  }

  /** The Range header of each request for the file; empty for none. */
  List<String> ranges() {
    return ranges;
  }

  /** The If-Range headers likewise. */
  List<String> conditions() {
    return conditions;
  }

  void cutAfter(int bytes) {
    cutAfter = bytes;
  }

  void stallAfter(int bytes) {
    stallAfter = bytes;
  }

  /** After so many answers it says nothing any more. */
  void answerOnly(int times) {
    answers.set(times);
  }

  void status(int code) {
    status = code;
  }

  /** What it says its file's length is; negative for nothing. */
  void claim(long length) {
    claim = length;
  }

  void ignoreRanges() {
    ignoreRanges = true;
  }

  void redirect() {
    redirect = true;
  }

  void endless() {
    endless = true;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        answer(client);
      } catch (IOException e) {
        // the client went away, or the server was closed: the next one, or the end
      }
    }
  }

  private void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    String path = String.valueOf(in.readLine());
    String range = "";
    String condition = "";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.startsWith("Range: ")) {
        range = line.substring(7);
      } else if (line.startsWith("If-Range: ")) {
        condition = line.substring(10);
      }
    }
    OutputStream out = client.getOutputStream();
    if (redirect && !path.contains("/moved")) {
      head(out, "302 Found", "Location: " + address() + "moved\r\nContent-Length: 0\r\n");
      return;
    }
    ranges.add(range);
    conditions.add(condition);
    if (answers.getAndDecrement() <= 0) {
      return;
    }
    if (status != 200) {
      head(out, status + " No", "Content-Length: 0\r\n");
      return;
    }
    boolean part =
        !ignoreRanges && !range.isEmpty() && (condition.isEmpty() || condition.equals("\"v1\""));
    int from = part ? Integer.parseInt(range.substring(6, range.length() - 1)) : 0;
    String length = claim < 0 ? "" : "Content-Length: " + (claim - from) + "\r\n";
    String place =
        part ? "Content-Range: bytes " + from + "-" + (claim - 1) + "/" + claim + "\r\n" : "";
    head(out, part ? "206 Partial Content" : "200 OK", "ETag: \"v1\"\r\n" + length + place);
    int count = Math.min(content.length - from, Math.min(cutAfter, stallAfter));
    out.write(content, from, count);
    out.flush();
    while (endless) {
      out.write(content);
    }
    if (stallAfter < content.length) {
      client.setSoTimeout(20_000);
      client.getInputStream().read(); // until the client gives up
    }
  }

  private static void head(OutputStream out, String status, String fields) throws IOException {
    String text = "HTTP/1.1 " + status + "\r\nConnection: close\r\n" + fields + "\r\n";
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
