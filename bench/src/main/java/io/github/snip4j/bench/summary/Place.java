package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.core.internal.blas.GemmChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where and when the figures were measured.
 *
 * @param coreType what {@code OPENBLAS_CORETYPE} was set to where it was, or empty
 * @param date in ISO form
 */
public record Place(
    String processor,
    int cores,
    String system,
    String jdk,
    String kernels,
    String coreType,
    String date) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /**
   * This machine.
   *
   * @throws IOException if Linux's description of the processor is there but cannot be read
   */
  public static Place here(String date) throws IOException {
    List<String> info = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO) : List.of();
    Machine machine = Machine.here();
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new Place(
        field(info, "model name").orElse(System.getProperty("os.arch") + " processor"),
        Runtime.getRuntime().availableProcessors(),
        system,
        machine.jdk(),
        GemmChoice.chosen().description(),
        coreType(field(info, "flags").orElse("")),
        date);
  }

  /** The first processor's. */
  static Optional<String> field(List<String> cpuInfo, String name) {
    return cpuInfo.stream()
        .filter(line -> line.startsWith(name))
        .flatMap(line -> Stream.of(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst();
  }

  /** The newest of OpenBLAS's processors that jblas 1.2.5 knows and this one can do. */
  static String coreType(String flags) {
    List<String> all = List.of(flags.split(" ", -1));
    return all.contains("avx512f") ? "SkylakeX" : all.contains("avx2") ? "Haswell" : "";
  }
}
