package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MNIST in a program that has snip4j-datasets, but not snip4j-mnist. */
class MnistMissingTest {
  @Test
  void theArtifactThatIsMissingIsNamed() throws Exception {
    try (URLClassLoader program =
        new URLClassLoader(classPathWithoutMnist(), ClassLoader.getPlatformClassLoader())) {
      Method load = program.loadClass(Mnist.class.getName()).getMethod("load");
      assertThat(catchThrowable(() -> load.invoke(null)).getCause())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              "MNIST cannot be read: train-images-idx3-ubyte.gz is in the artifact"
                  + " io.github.snip4j:snip4j-mnist, which is not on the class path (or, on the"
                  + " module path, the module io.github.snip4j.mnist is not required)");
    }
  }

  private static URL[] classPathWithoutMnist() throws MalformedURLException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<URL> rest = new ArrayList<>();
    for (String each : path.split(File.pathSeparator)) {
      if (!each.contains("mnist")) {
        rest.add(Path.of(each).toUri().toURL());
      }
    }
    return rest.toArray(URL[]::new);
  }
}
