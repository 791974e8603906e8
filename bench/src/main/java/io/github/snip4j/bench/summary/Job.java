package io.github.snip4j.bench.summary;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One figure to be measured.
 *
 * @param benchmark class and method, as in {@code GemmBenchmark.multiply}
 * @param parameters by name
 */
public record Job(String benchmark, Map<String, String> parameters, Start start) {
  /** The parameter that makes a dense kernel of a sparse one, or jblas of ours, and its value. */
  private static final List<Map.Entry<String, String>> BASELINES =
      List.of(
          Map.entry("sparsity", "0"),
          Map.entry("density", "dense"),
          Map.entry("variant", "dense"),
          Map.entry("backend", "jblas"));

  /** How many examples sparse products are measured with. */
  static final String BATCH = "128";

  /** What the benchmarks of whole networks have. */
  private static final String WORKLOAD = "workload";

  /** Copies the parameters. */
  public Job {
    parameters = Map.copyOf(parameters);
  }

  /** What JMH ran; how its Java was started cannot be seen from that. */
  static Job of(BenchmarkParams params) {
    String name = params.getBenchmark();
    int type = name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1;
    return new Job(
        name.substring(type),
        params.getParamsKeys().stream().collect(Collectors.toMap(key -> key, params::getParam)),
        Start.ONE_THREAD);
  }

  static Job gemm(String backend, String shape, Start start) {
    return new Job("GemmBenchmark.multiply", Map.of("backend", backend, "shape", shape), start);
  }

  /** The product in another library, which only a build with the profile {@code peers} has. */
  static Job peer(String library, String shape) {
    return new Job(
        "PeerGemmBenchmark.multiply", Map.of("library", library, "shape", shape), Start.ONE_THREAD);
  }

  /** At batch {@link #BATCH}. */
  static Job sparse(String method, String shape, String sparsity) {
    return new Job(
        "SparseProductBenchmark." + method,
        Map.of("shape", shape, "batch", BATCH, "sparsity", sparsity),
        Start.ONE_THREAD);
  }

  /** The sparse product in another library, at batch {@link #BATCH}. */
  static Job peerSparse(String library, String shape, String sparsity) {
    return new Job(
        "PeerSparseProductBenchmark.multiply",
        Map.of("library", library, "shape", shape, "batch", BATCH, "sparsity", sparsity),
        Start.ONE_THREAD);
  }

  static Job convolution(String method, String layer, String density) {
    return new Job(
        "ConvolutionBenchmark." + method,
        Map.of("layer", layer, "density", density),
        Start.ONE_THREAD);
  }

  static Job training(String workload, String variant, Start start) {
    return new Job(
        "TrainingStepBenchmark.train", Map.of(WORKLOAD, workload, "variant", variant), start);
  }

  /** The step in PyTorch, dense, which only a build with the profile {@code peers} has. */
  static Job peerTraining(String workload) {
    return new Job(
        "PeerTrainingStepBenchmark.train", Map.of(WORKLOAD, workload), Start.TWO_THREADS);
  }

  /**
   * The answer of the network in PyTorch, dense, which only a build with the profile {@code peers}
   * has.
   */
  static Job peerInference(String workload) {
    return new Job("PeerInferenceBenchmark.infer", Map.of(WORKLOAD, workload), Start.TWO_THREADS);
  }

  /** One answer of a predictor. */
  static Job predictor(String workload, String variant, Start start) {
    return new Job(
        "PredictorBenchmark.predict", Map.of(WORKLOAD, workload, "variant", variant), start);
  }

  /**
   * A predictor in a Java that has just started.
   *
   * @param what {@code warmUp}, or the {@code first} or {@code hundredth} answer after it
   */
  static Job predictorStart(String what, String workload, String variant) {
    return new Job(
        "PredictorStartBenchmark." + what,
        Map.of(WORKLOAD, workload, "variant", variant),
        Start.ONE_THREAD);
  }

  /** One answer of a loop over the kept weights that is written by hand. */
  static Job csrPredictor(String workload, Start start) {
    return new Job("CsrPredictorBenchmark.predict", Map.of(WORKLOAD, workload), start);
  }

  /**
   * One answer of the network in another library, dense, which only a build with the profile {@code
   * peers} has.
   */
  static Job peerPredictor(String workload, String library, Start start) {
    return new Job(
        "PeerPredictorBenchmark.predict", Map.of(WORKLOAD, workload, "library", library), start);
  }

  /** A training step within {@code run}, feeding, validation and checkpoints included. */
  static Job step(String sparsity, String iterations) {
    return new Job(
        "Run.step", Map.of("sparsity", sparsity, "iterations", iterations), Start.TWO_THREADS);
  }

  /** {@code run} without options, from start to end. */
  static Job wholeRun() {
    return new Job("Run.whole", Map.of(), Start.TWO_THREADS);
  }

  /** Ten steps of {@code run}, from start to end. */
  static Job coldRun(String gemm) {
    return new Job("Run.whole", Map.of("iterations", "10", "gemm", gemm), Start.TWO_THREADS);
  }

  static Job inference(String workload, String variant) {
    return new Job(
        "InferenceBenchmark.infer",
        Map.of(WORKLOAD, workload, "variant", variant),
        Start.TWO_THREADS);
  }

  /** Whether it is a whole run, with the parameters as options. */
  public boolean isOfRun() {
    return benchmark.startsWith("Run.");
  }

  /** Whether the figure is of a step of the run, and not of all of it. */
  boolean isOfStep() {
    return benchmark.equals("Run.step");
  }

  /** Whether it is of a whole network, which has many kernels to warm up. */
  boolean isOfNetwork() {
    return parameters.containsKey(WORKLOAD);
  }

  /** Whether each Java measures the first call and no other. */
  boolean isOfStart() {
    return benchmark.startsWith("PredictorStartBenchmark.");
  }

  /** Whether calls for one example are timed one by one. */
  boolean isOfPredictor() {
    return benchmark.endsWith("PredictorBenchmark.predict");
  }

  /** Whether it is done by somebody else's kernels, which need no warming up. */
  boolean isOfPeer() {
    return benchmark.startsWith("Peer");
  }

  /** What this is compared with: the dense kernel of a sparse one, jblas for another product. */
  Optional<Job> baseline() {
    for (Map.Entry<String, String> base : BASELINES) {
      String value = parameters.get(base.getKey());
      if (value != null && !value.equals(base.getValue())) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put(base.getKey(), base.getValue());
        return Optional.of(new Job(benchmark, changed, start));
      }
    }
    return Optional.empty();
  }

  /** Its parameters in one line, as in {@code batch=128 shape=300x784 sparsity=95}. */
  String parameterText() {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return (benchmark + " " + parameterText()).strip()
        + (start == Start.ONE_THREAD ? "" : ", " + start);
  }
}
