package io.github.snip4j.datasets.fetch;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder that datasets are kept in, one below it for each. */
public final class DataFolder {
  /** The environment variable that chooses it. */
  public static final String VARIABLE = "SNIP4J_DATA";

  private DataFolder() {}

  /** The given folder, or that of the environment variable, or one in the user's cache folder. */
  public static Path of(@Nullable Path given) {
    return given != null
        ? given
        : standard(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"));
  }

  /**
   * By the platform's convention: {@code ~/Library/Caches} on macOS, {@code %LOCALAPPDATA%} on
   * Windows, {@code $XDG_CACHE_HOME} or {@code ~/.cache} elsewhere.
   */
  static Path standard(Map<String, String> environment, String system, String home) {
    String chosen = environment.getOrDefault(VARIABLE, "");
    if (!chosen.isBlank()) {
      return Path.of(chosen);
    }
    String name = system.toLowerCase(Locale.ROOT);
    String cache;
    if (name.startsWith("mac")) {
      cache = home + "/Library/Caches";
    } else if (name.startsWith("windows")) {
      cache = environment.getOrDefault("LOCALAPPDATA", home + "/AppData/Local");
    } else {
      String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
      cache = Path.of(xdg).isAbsolute() ? xdg : home + "/.cache"; // others are to be ignored
    }
    return Path.of(cache).resolve("snip4j");
  }
}
