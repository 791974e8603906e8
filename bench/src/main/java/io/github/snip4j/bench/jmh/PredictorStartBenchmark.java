package io.github.snip4j.bench.jmh;

import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.predict.Predictor;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A {@link Predictor} in a Java that has just started: how long its warm-up takes, and the first
 * and the hundredth answer after it. Each Java gives one number.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(10)
public class PredictorStartBenchmark {
  /** A predictor that has not computed anything. */
  @State(Scope.Benchmark)
  public static class Cold {
    /** See {@link Workload}; the batch is 1. */
    @Param("lenet-300-100-98-1")
    public String workload = "";

    /** See {@link Workload#network}. */
    @Param({"sparse", "dense"})
    public String variant = "";

    private @Nullable Predictor predictor;
    private float[] example = {};
    private float[] outputs = {};

    /** Makes it, and prepares it for what is measured. */
    @Setup
    public final void fill() {
      Workload of = Workload.of(workload);
      Network network = of.network(variant);
      predictor = Predictor.of(network);
      example = of.examples(network).example(0).x().toArray();
      outputs = new float[network.outputs()];
      prepare();
    }

    /** Nothing: it is cold. */
    void prepare() {}

    final Predictor predictor() {
      return Objects.requireNonNull(predictor, "fill() comes first");
    }

    final float[] predict() {
      predictor().predict(example, outputs);
      return outputs;
    }
  }

  /** A predictor that is warmed up. */
  @State(Scope.Benchmark)
  public static class Warm extends Cold {
    @Override
    void prepare() {
      predict(); // the code that asks is not what is measured: it has asked before
      predictor().warmUp();
    }
  }

  /** A predictor that has given 99 answers since. */
  @State(Scope.Benchmark)
  public static class Asked extends Warm {
    private static final int ANSWERS = 99;

    @Override
    void prepare() {
      super.prepare();
      for (int i = 0; i < ANSWERS; i++) {
        predict();
      }
    }
  }

  /** The warm-up. */
  @Benchmark
  public Predictor warmUp(Cold service) {
    service.predictor().warmUp();
    return service.predictor();
  }

  /** The first answer after it. */
  @Benchmark
  public float[] first(Warm service) {
    return service.predict();
  }

  /** The hundredth answer after it. */
  @Benchmark
  public float[] hundredth(Asked service) {
    return service.predict();
  }
}
