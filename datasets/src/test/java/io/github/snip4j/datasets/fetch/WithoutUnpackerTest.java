package io.github.snip4j.datasets.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program without commons-compress. */
class WithoutUnpackerTest {
  @TempDir Path folder;

  @Test
  void fetchingAnArchiveSaysBeforeAnyDownloadWhichLibraryIsMissing() throws Exception {
    List<URL> path = new ArrayList<>();
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String entry : all.split(File.pathSeparator, -1)) {
      if (!entry.contains("commons-compress")) {
        path.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader program =
        new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Callable<?> fetching =
          (Callable<?>)
              program
                  .loadClass(FetchesAnArchive.class.getName())
                  .getConstructor(Path.class)
                  .newInstance(folder);
      assertThat(fetching.call())
          .isEqualTo(
              "the library that unpacks archives is not there: add"
                  + " org.apache.commons:commons-compress to this program");
    }
    assertThat(folder.resolve("cifar-10-binary.tar.gz.part")).doesNotExist();
  }

  /** What the program does: it comes to what it is told. */
  public static final class FetchesAnArchive implements Callable<String> {
    private final Path folder;

    /** Takes the folder for datasets. */
    public FetchesAnArchive(Path folder) {
      this.folder = folder;
    }

    @Override
    public String call() throws Exception {
      try {
        new Fetch(
                (what, bytes) -> {
                  throw new AssertionError("it begins with " + what);
                })
            .fetch(Download.cifar10(), folder, "cifar-10");
        return "fetched";
      } catch (FetchException e) {
        return String.valueOf(e.getMessage());
      }
    }
  }
}
