package io.github.snip4j.bench.jmh;

import io.github.snip4j.nn.Network;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What {@link PredictorBenchmark} measures, by other libraries, dense, from the same weights: from
 * an array with the example to an array with the outputs, with one thread for each call.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 4, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PeerPredictorBenchmark {
  /** The networks that {@link PredictorBenchmark} measures. */
  @Param({
    "lenet-300-100-98-1",
    "lenet-5-caffe-99-1",
    "lstm-s-95-1",
    "gru-s-95-1",
    "vgg-like-97-1",
    "wrn-16-8-95-1"
  })
  public String workload = "";

  /** Who computes. */
  @Param({"onnxruntime", "PyTorch"})
  public String library = "";

  private @Nullable PredictingPeer peer;
  private float[] example = {};
  private int outputs;

  static PredictingPeer peer(String library, Network network) {
    return switch (library) {
      case "onnxruntime" -> new OnnxRuntimePeer(network);
      case "PyTorch" -> new PyTorchPeer(network);
      default ->
          throw new IllegalArgumentException(
              "library " + library + ": expected onnxruntime or PyTorch");
    };
  }

  /** What each thread that asks has for itself. */
  @State(Scope.Thread)
  public static class Asking {
    private PredictingPeer.@Nullable Asking own;
    private float[] outputs = {};

    /** Makes room for the outputs. */
    @Setup
    public void fill(PeerPredictorBenchmark shared) {
      own = Objects.requireNonNull(shared.peer).asking();
      outputs = new float[shared.outputs];
    }

    /** Frees it. */
    @TearDown
    public void free() {
      Objects.requireNonNull(own).close();
    }
  }

  /** Copies our network and makes an example. */
  @Setup
  public void fill() {
    Workload of = Workload.of(workload);
    Network network = of.network("dense");
    peer = peer(library, network);
    example = of.examples(network).example(0).x().toArray();
    outputs = network.outputs();
  }

  /** One answer. */
  @Benchmark
  public float[] predict(Asking asking) {
    Objects.requireNonNull(asking.own).predict(example, asking.outputs);
    return asking.outputs;
  }

  /** Frees the network. */
  @TearDown
  public void free() {
    Objects.requireNonNull(peer).close();
  }
}
