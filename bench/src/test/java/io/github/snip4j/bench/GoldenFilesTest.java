package io.github.snip4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reference values are worth what they are compared with. */
class GoldenFilesTest {
  private static final Path ROOT = Path.of(".."); // tests run in their module's folder

  @Test
  void everyFileOfReferenceValuesIsReadByATest() {
    List<Path> files = below("core/src/test/resources/golden", ".npz");
    assertThat(files).hasSizeGreaterThan(30);
    String tests = testsThatReadThem();
    assertThat(files)
        .allSatisfy(
            file -> {
              String name = file.getFileName().toString().replace(".npz", "");
              assertThat(tests.contains('"' + name + '"')).as(name).isTrue();
            });
  }

  /** The sources of all modules' tests that read reference values, in one text. */
  private static String testsThatReadThem() {
    return Stream.of("core", "autograd", "nn", "snip", "datasets", "bench")
        .flatMap(module -> below(module + "/src/test/java", "Test.java").stream())
        .map(GoldenFilesTest::text)
        .filter(text -> text.contains("Golden.of("))
        .collect(Collectors.joining());
  }

  private static List<Path> below(String folder, String ending) {
    try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
      return paths.filter(path -> path.toString().endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
