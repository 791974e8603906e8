package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cli.option.UserError;
import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.datasets.fetch.DataFolder;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** How Spark is set up: what the user says in system properties {@code spark.*}, and the rest. */
final class SparkSettings {
  private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String VECTOR = "jdk.incubator.vector";

  private SparkSettings() {}

  static SparkConf of(String master) throws IOException {
    String threads = System.getProperty(Parallel.THREADS_PROPERTY, "1");
    SparkConf settings = new SparkConf();
    settings.setMaster(master);
    settings.setIfMissing("spark.app.name", "snip4j");
    settings.setIfMissing("spark.ui.enabled", "false");
    settings.setIfMissing("spark.task.cpus", threads);
    settings.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    String data = System.getenv(DataFolder.VARIABLE);
    if (data != null && !data.isBlank()) {
      String whole = Path.of(data).toAbsolutePath().normalize().toString();
      settings.setIfMissing("spark.executorEnv." + DataFolder.VARIABLE, whole);
    }
    settings.set("spark.speculation", "false"); // two tries at a time would want one folder
    settings.set(JAVA_OPTIONS, javaOptions(threads) + " " + settings.get(JAVA_OPTIONS, ""));
    if (master.startsWith("local-cluster")) {
      settings.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"));
      checkHome();
    } else if (!master.startsWith("local")) {
      settings.set("spark.jars", jars(settings.get("spark.jars", "")));
    }
    return settings;
  }

  /** The programs that compute are started as the launcher starts this one. */
  private static String javaOptions(String threads) {
    List<String> options = new ArrayList<>();
    if (ModuleLayer.boot().findModule(VECTOR).isPresent()) {
      options.add("--add-modules=" + VECTOR);
    }
    options.add("-XX:+IgnoreUnrecognizedVMOptions");
    options.add("-XX:ObjectAlignmentInBytes=64");
    options.add("-D" + Parallel.THREADS_PROPERTY + "=" + threads);
    String gemm = System.getProperty(GemmChoice.PROPERTY);
    if (gemm != null) {
      options.add("-D" + GemmChoice.PROPERTY + "=" + gemm);
    }
    return String.join(" ", options);
  }

  private static void checkHome() {
    String home = System.getenv("SPARK_HOME");
    if (home == null || !Files.isDirectory(Path.of(home, "jars"))) {
      throw new UserError(
          "--on local-cluster: it takes Spark's jars from SPARK_HOME/jars, and there is no such"
              + " folder: start it by ./snip4j, which sets SPARK_HOME");
    }
  }

  /** This program's own jars, which the machines of a cluster do not have, after those given. */
  private static String jars(String given) throws IOException {
    List<String> jars = new ArrayList<>();
    if (!given.isEmpty()) {
      jars.add(given);
    }
    try {
      Path own =
          Path.of(SparkSettings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path libraries = own.resolveSibling("lib");
      if (Files.isRegularFile(own) && Files.isDirectory(libraries)) {
        jars.add(own.toUri().toString());
        try (Stream<Path> files = Files.list(libraries)) {
          files.sorted().forEach(file -> jars.add(file.toUri().toString()));
        }
      }
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    return String.join(",", jars);
  }
}
