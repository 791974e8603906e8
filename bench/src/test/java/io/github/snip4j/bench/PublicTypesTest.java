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
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    for (Map.Entry<String, Map<String, Class<?>>> module : modules().entrySet()) {
      found.add("module " + module.getKey());
      module.getValue().keySet().forEach(type -> found.add("  " + type));
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

  /** Otherwise a program could call a method, and could not name what it takes or gives. */
  @Test
  void publicSignaturesNameNothingInternal() throws Exception {
    Map<String, Class<?>> all = new TreeMap<>();
    modules().values().forEach(all::putAll);
    List<String> leaks = new ArrayList<>();
    for (Class<?> type : all.values()) {
      for (Signatures.Named named : Signatures.of(type)) {
        String name = named.type().getName();
        if (name.startsWith("io.github.snip4j.") && !all.containsValue(named.type())) {
          leaks.add(named.member() + " names " + name);
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(150);
    assertThat(leaks).isEmpty();
  }

  @Test
  void whatASignatureNamesIsFound() {
    assertThat(Signatures.of(Shown.class))
        .filteredOn(named -> named.type() == Hidden.class)
        .hasSize(2);
  }

  private static final class Hidden {}

  @SuppressWarnings({"EffectivelyPrivate", "UnusedMethod"}) // looked at, not called
  private abstract static class Shown<T extends List<Hidden[]>> {
    protected abstract Map<String, ? extends Hidden> all(T one);

    abstract Hidden own();
  }

  /** Of each module, the public types in what it exports to all, by name. */
  private static Map<String, Map<String, Class<?>>> modules()
      throws IOException, ClassNotFoundException, URISyntaxException {
    Map<String, Map<String, Class<?>>> modules = new LinkedHashMap<>();
    for (Class<?> type : ONE_OF_EACH) {
      Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(classes)) {
        add(classes, modules);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(classes)) {
          add(jar.getPath("/"), modules);
        }
      }
    }
    return modules;
  }

  private static void add(Path classes, Map<String, Map<String, Class<?>>> modules)
      throws IOException, ClassNotFoundException {
    ModuleDescriptor module;
    try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(in);
    }
    Map<String, Class<?>> types = new TreeMap<>();
    for (ModuleDescriptor.Exports exports : module.exports()) {
      if (!exports.isQualified()) {
        String folder = exports.source().replace('.', '/');
        try (Stream<Path> files = Files.list(classes.resolve(folder))) {
          for (Path file : files.toList()) {
            String name = file.getFileName().toString();
            if (name.endsWith(".class") && !name.equals("package-info.class")) {
              String binary = exports.source() + "." + name.substring(0, name.length() - 6);
              Class<?> type = Class.forName(binary, false, Tensor.class.getClassLoader());
              if (isPublic(type)) {
                types.put(binary.replace('$', '.'), type);
              }
            }
          }
        }
      }
    }
    modules.put(module.name(), types);
  }

  /** Itself, and all that it is nested in. */
  private static boolean isPublic(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
  }
}
