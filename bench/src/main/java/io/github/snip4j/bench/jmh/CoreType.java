package io.github.snip4j.bench.jmh;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Starts the forks with {@code OPENBLAS_CORETYPE} in their environment, which the OpenBLAS in jblas
 * reads once, when it is loaded: {@code -prof io.github.snip4j.bench.jmh.CoreType:SkylakeX}.
 *
 * <p>It measures nothing; being a profiler is how JMH lets one put a word before {@code java}.
 */
public final class CoreType implements ExternalProfiler {
  private final String type;

  /**
   * Called by JMH.
   *
   * @param type the value of the variable, as in {@code SkylakeX} or {@code Haswell}
   * @throws ProfilerException if it is none
   */
  public CoreType(String type) throws ProfilerException {
    if (!type.matches("[A-Za-z0-9]+")) {
      throw new ProfilerException(
          "CoreType:" + type + ": expected a processor of OpenBLAS, as in CoreType:SkylakeX");
    }
    this.type = type;
  }

  @Override
  public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
    return List.of("env", "OPENBLAS_CORETYPE=" + type);
  }

  @Override
  public Collection<String> addJVMOptions(BenchmarkParams params) {
    return List.of();
  }

  @Override
  public void beforeTrial(BenchmarkParams params) {}

  @Override
  public Collection<? extends Result<?>> afterTrial(
      BenchmarkResult result, long pid, File out, File err) {
    return List.of();
  }

  @Override
  public boolean allowPrintOut() {
    return true;
  }

  @Override
  public boolean allowPrintErr() {
    return true;
  }

  @Override
  public String getDescription() {
    return "OPENBLAS_CORETYPE=" + type;
  }
}
