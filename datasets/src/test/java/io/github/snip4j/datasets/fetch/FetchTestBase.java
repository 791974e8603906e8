package io.github.snip4j.datasets.fetch;

import io.github.snip4j.core.io.DiskSpace;
import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.core.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fetches a file of noise from a server that can be told to behave badly. */
@Timeout(60)
abstract class FetchTestBase {
  static final int LENGTH = 300_000;
  final byte[] content = new byte[LENGTH];
  final List<String> seen = new ArrayList<>();
  @TempDir Path folder;
  private @Nullable LyingServer server;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < LENGTH; i++) {
      content[i] = (byte) new Seed(1).bits(i);
    }
    server = new LyingServer(content);
  }

  @AfterEach
  void stop() throws IOException {
    server().close();
  }

  /** Serves something else from here on. */
  final void serve(byte[] bytes) throws IOException {
    server().close();
    server = new LyingServer(bytes);
  }

  final LyingServer server() {
    return Objects.requireNonNull(server);
  }

  final void part(int length) throws IOException {
    Files.createDirectories(folder.resolve("set"));
    Files.write(folder.resolve("set/a.bin.part"), Arrays.copyOf(content, length));
  }

  final Path fetch() throws IOException {
    return fetch(download());
  }

  final Path fetch(Download download) throws IOException {
    return fetch(download, any -> Long.MAX_VALUE);
  }

  final Path fetch(Download download, DiskSpace space) throws IOException {
    return new Fetch(this::watch, space, Duration.ofSeconds(1), Duration.ofMillis(10))
        .fetch(download, folder, "set");
  }

  final Watcher.Transfer watch(String what, long bytes) {
    long[] last = new long[1];
    return new Watcher.Transfer() {
      @Override
      public void at(long now) {
        last[0] = now;
      }

      @Override
      public void close() {
        seen.add(what + " " + last[0] + " of " + bytes);
      }
    };
  }

  final String problem() throws IOException {
    try {
      fetch();
    } catch (FetchException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("fetched without complaint");
  }

  final Download download() {
    return new Download(
        server().address(),
        List.of(new RemoteFile("a.bin", LENGTH, Sha256.of(content))),
        Archive.Kind.NONE,
        0);
  }

  final List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.equals(folder))
          .map(path -> folder.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
