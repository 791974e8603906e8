package io.github.snip4j.datasets.fetch;

import io.github.snip4j.core.io.AtomicFile;
import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.NamedOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gets a file of known length from a web server that may be slow, cut off, or lie.
 *
 * <p>What has arrived stays in a file ending in {@code .part}, and the next attempt, of this
 * program or a later one, asks for the rest only. Beside it is the server's name for this version
 * (its ETag or date), so that two versions are not mixed. A whole file is whole only by its digest.
 */
final class HttpTransfer {
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 3; // without progress, one after the other
  private static final long CHECK_SPACE_EVERY = 8 << 20;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+)");

  private final HttpClient client;
  private final DiskSpace space;
  private final Duration patience;
  private final Duration pause;

  /**
   * @param patience how long to wait for the next bytes
   * @param pause before another attempt
   */
  HttpTransfer(DiskSpace space, Duration patience, Duration pause) {
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
            .connectTimeout(patience)
            .build();
    this.space = space;
    this.patience = patience;
    this.pause = pause;
  }

  /** A failure that trying again would not change. */
  private static final class NotRetryable extends IOException {
    private static final long serialVersionUID = 1;

    NotRetryable(String reason) {
      super(reason);
    }
  }

  /**
   * Gets it.
   *
   * @param part takes what arrives
   * @throws FetchException if it cannot be had; what has arrived stays
   */
  void get(URI from, Path part, long bytes, Watcher.Transfer progress) throws IOException {
    int failures = 0;
    while (true) {
      long before = length(part);
      try {
        attempt(from, part, bytes, progress);
        return;
      } catch (FileSystemException e) { // the disk's fault, not the network's
        throw e;
      } catch (IOException e) {
        failures = length(part) > before ? 1 : failures + 1;
        if (failures >= ATTEMPTS
            || e instanceof NotRetryable
            || e instanceof InterruptedIOException) {
          throw new FetchException(from + " could not be fetched: " + reason(e, part, bytes));
        }
      }
      sleep(pause);
    }
  }

  private static String reason(IOException e, Path part, long bytes) throws IOException {
    String why =
        e.getMessage() == null || e.getMessage().isBlank()
            ? "no connection (" + e.getClass().getSimpleName() + ")"
            : e.getMessage();
    long there = length(part);
    return there == 0
        ? why
        : why + " (" + there + " of " + bytes + " bytes are there, and the next fetch goes on)";
  }

  private void attempt(URI from, Path part, long bytes, Watcher.Transfer progress)
      throws IOException {
    long have = length(part);
    if (have == bytes) {
      return;
    }
    if (have > bytes) {
      forget(part);
      have = 0;
    }
    HttpResponse<InputStream> response = send(request(from, part, have));
    try (InputStream body = response.body()) {
      long start = start(response, part, have, bytes);
      remember(response, part);
      try (ReadTimeout timeout = new ReadTimeout(body, patience);
          OutputStream out = open(part, start)) {
        copy(body, out, part, start, bytes, progress, timeout);
      }
    }
    long arrived = length(part);
    if (arrived < bytes) {
      throw new IOException("the connection ended early");
    }
  }

  private HttpRequest request(URI from, Path part, long have) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from).timeout(patience).header("Accept-Encoding", "identity");
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      if (Files.exists(version(part))) {
        request.header("If-Range", Files.readString(version(part)));
      }
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Where in the file the answer begins. */
  private static long start(HttpResponse<?> response, Path part, long have, long bytes)
      throws IOException {
    int status = response.statusCode();
    if (status == 416 && have > 0) { // what is here does not fit what is there
      forget(part);
      throw new IOException("the server does not have the rest of what is here");
    }
    if (status != 200 && status != 206) {
      String answer = "the server answers with status " + status;
      throw status >= 500 ? new IOException(answer) : new NotRetryable(answer);
    }
    long start = 0;
    long total = response.headers().firstValueAsLong("Content-Length").orElse(bytes);
    if (status == 206) {
      Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
      if (!range.matches() || !range.group(1).equals(String.valueOf(have))) {
        forget(part);
        throw new IOException("the server answers with another part than was asked for");
      }
      start = have;
      total = range.group(2).length() > 18 ? -1 : Long.parseLong(range.group(2));
    }
    if (total != bytes) {
      throw new NotRetryable(
          "the server has a file of " + total + " bytes, but the published one has " + bytes);
    }
    return start;
  }

  private void copy(
      InputStream body,
      OutputStream out,
      Path part,
      long start,
      long bytes,
      Watcher.Transfer progress,
      ReadTimeout timeout)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long at = start;
    long checked = start;
    progress.at(at);
    while (true) {
      int read;
      try {
        read = body.read(buffer);
      } catch (IOException e) {
        throw timeout.expired()
            ? new IOException("nothing arrived for " + patience.toSeconds() + " s")
            : e;
      }
      if (read < 0) {
        return;
      }
      timeout.restart();
      at += read;
      if (at > bytes) {
        forget(part);
        throw new NotRetryable(
            "the server sends more than the " + bytes + " bytes there should be");
      }
      if (at - checked >= CHECK_SPACE_EVERY) {
        space.require(part, 0);
        checked = at;
      }
      out.write(buffer, 0, read);
      progress.at(at);
    }
  }

  private static OutputStream open(Path part, long start) throws IOException {
    OutputStream file =
        start > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part); // created, or emptied
    return new NamedOutput(file, part);
  }

  /** Keeps the server's name for this version; a weak ETag does not name the bytes. */
  private static void remember(HttpResponse<?> response, Path part) throws IOException {
    String name =
        response
            .headers()
            .firstValue("ETag")
            .filter(tag -> tag.startsWith("\""))
            .or(() -> response.headers().firstValue("Last-Modified"))
            .orElse("");
    if (name.isEmpty()) {
      Files.deleteIfExists(version(part));
    } else {
      byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
      AtomicFile.write(version(part), out -> out.write(bytes));
    }
  }

  /** Deletes what has arrived. */
  static void forget(Path part) throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(version(part));
  }

  static Path version(Path part) {
    return part.resolveSibling(part.getFileName() + ".version");
  }

  private static long length(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static void sleep(Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
