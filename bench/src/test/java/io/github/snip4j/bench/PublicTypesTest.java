package io.github.snip4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.datasets.Examples;
import io.github.snip4j.nn.Network;
import io.github.snip4j.snip.Masks;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What other programs may use: the public types in the packages that each module exports to all.
 * Whoever makes one public decides so in {@code public-types.txt}.
 */
class PublicTypesTest {
  private static final Path LIST = Path.of("src/test/resources/public-types.txt");
  private static final List<Class<?>> ONE_OF_EACH =
      List.of(Tensor.class, Variable.class, Network.class, Masks.class, Examples.class);

  @Test
  void whatIsPublicIsListed() throws Exception {
    List<String> found = new ArrayList<>();
    for (Class<?> type : ONE_OF_EACH) {
      Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(classes)) {
        add(classes, found);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
          add(jar.getPath("/"), found);
        }
      }
    }
    if (Boolean.getBoolean("update")) {
      Files.write(LIST, found);
    }
    List<String> listed = Files.readAllLines(LIST);
    List<String> unlisted = new ArrayList<>(found);
    unlisted.removeAll(listed);
    List<String> gone = new ArrayList<>(listed);
    gone.removeAll(found);
    assertThat(found)
        .as(
            """
            public types that bench/%s does not list: %s; listed, but not public any more: %s.
            Make what other programs need not know package-private, or move it to a package named \
            internal. What is public on purpose is listed by: mvn -pl bench -am test \
            -Dtest=PublicTypesTest -Dupdate=true -Dsurefire.failIfNoSpecifiedTests=false""",
            LIST, unlisted, gone)
        .isEqualTo(listed);
  }

  /** A line for the module, and one for each public type in what it exports to all. */
  private static void add(Path classes, List<String> lines)
      throws IOException, ClassNotFoundException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    lines.add("module " + module.name());
    TreeSet<String> types = new TreeSet<>();
    for (ModuleDescriptor.Exports exports : module.exports()) {
      if (!exports.isQualified()) {
        String folder = exports.source().replace('.', '/');
        try (Stream<Path> files = Files.list(classes.resolve(folder))) {
          for (Path file : files.toList()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".class") && !name.equals("package-info.class")) {
              String type = exports.source() + "." + name.substring(0, name.length() - 6);
              if (isPublic(Class.forName(type, false, Tensor.class.getClassLoader()))) {
                types.add("  " + type.replace('$', '.'));
              }
            }
          }
        }
      }
    }
    lines.addAll(types);
  }

  /** Itself, and all that it is nested in. */
  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }
}
