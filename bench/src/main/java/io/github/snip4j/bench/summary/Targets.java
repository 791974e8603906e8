package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.jmh.TrainingStepBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What is to be reached; one thread unless it says otherwise. */
final class Targets {
  /** A convolution at which the sparse kernel is measured with a large batch too. */
  static final String LARGE_BATCH = "256-256-3-8-128";

  private static final Job LARGE = Job.gemm("simd", Plan.LARGE, Start.ONE_THREAD);

  private Targets() {}

  static List<Target> of(Figures figures) {
    List<Target> targets = new ArrayList<>();
    products(targets, figures);
    convolutions(targets, figures);
    sparseProducts(targets, figures);
    sparseConvolutions(targets, figures);
    targets.add(
        Target.atMost(
            3,
            "x",
            "Plain Java without the vector module: time of a product against jblas",
            cases(
                Plan.CUBES_OF_PLAIN_JAVA,
                cube ->
                    figures.speedUp(
                        Job.gemm("jblas", cube, Start.WITHOUT_VECTORS),
                        Job.gemm("scalar", cube, Start.WITHOUT_VECTORS)))));
    targets.add(
        Target.atMost(
            1,
            "%",
            "Training step: bytes allocated against those of its activations",
            cases(
                List.of("LeNet-300-100, batch 100"),
                network ->
                    100
                        * figures.bytes(Plan.ALLOCATING)
                        / TrainingStepBenchmark.ACTIVATION_BYTES)));
    targets.add(
        Target.atMost(
            1,
            "x",
            "Dense products of layers: time over the least of other libraries",
            Plan.LAYER_PRODUCTS.stream()
                .map(product -> new Target.Case(product.toString(), product.timeOverPeers(figures)))
                .toList()));
    targets.addAll(NetworkTargets.of(figures));
    targets.addAll(PredictorTargets.of(figures));
    targets.addAll(RunTargets.of(figures));
    return targets;
  }

  private static void products(List<Target> targets, Figures figures) {
    ToDoubleFunction<String> jblas =
        cube -> figures.speedUp(ours(cube), Job.gemm("jblas", cube, Start.ONE_THREAD));
    ToDoubleFunction<String> told =
        cube -> figures.speedUp(ours(cube), Job.gemm("jblas", cube, Start.CORE_TYPE));
    ToDoubleFunction<String> openblas =
        cube -> figures.speedUp(ours(cube), Job.peer("OpenBLAS", cube));
    ToDoubleFunction<String> two =
        cube -> figures.speedUp(Job.gemm("simd", cube, Start.TWO_THREADS), ours(cube));
    String product = "Dense product against ";
    targets.add(Target.atLeast(2.5, product + "jblas as it comes", cases(Plan.CUBES, jblas)));
    targets.add(
        Target.atLeast(1.3, product + "jblas with OPENBLAS_CORETYPE", cases(Plan.CUBES, told)));
    targets.add(
        Target.atLeast(0.95, product + "OpenBLAS of bytedeco", cases(Plan.CUBES, openblas)));
    targets.add(
        Target.atLeast(1.8, "Dense product, two threads against one", cases(Plan.CUBES, two)));
  }

  private static Job ours(String cube) {
    return Job.gemm("simd", cube, Start.ONE_THREAD);
  }

  private static void convolutions(List<Target> targets, Figures figures) {
    Map<String, String> methods = new LinkedHashMap<>();
    methods.put("forward", "forward");
    methods.put("inputGradient", "gradient by the input");
    methods.put("weightGradient", "gradient by the weights");
    List<String> layers = new ArrayList<>(Plan.VGG_32);
    layers.addAll(Plan.VGG_128);
    methods.forEach(
        (method, name) ->
            targets.add(
                Target.atLeast(
                    0.85,
                    "Dense convolution, " + name + ": rate against our product of 1024",
                    cases(
                        layers,
                        layer ->
                            figures.gflops(Job.convolution(method, layer, "dense"))
                                / figures.gflops(LARGE)))));
  }

  private static void sparseProducts(List<Target> targets, Figures figures) {
    targets.add(
        Target.atMost(
            65,
            "%",
            "Sparse product: sparsity at which it is as fast as the dense one",
            cases(Plan.LAYERS, layer -> Curve.of(layer, figures).breakEven())));
    Map<String, Double> bounds = new LinkedHashMap<>();
    bounds.put("90", 3.5);
    bounds.put("95", 7.0);
    bounds.put("98", 18.0);
    bounds.put("99", 28.0);
    bounds.forEach(
        (sparsity, bound) ->
            targets.add(
                Target.atLeast(
                    bound,
                    "Sparse product at " + sparsity + " % against the dense one",
                    cases(
                        Plan.LAYERS,
                        layer ->
                            figures.speedUp(
                                Job.sparse("multiply", layer, sparsity),
                                Job.sparse("multiply", layer, "0"))))));
    List<Target.Case> sampled = new ArrayList<>();
    for (String layer : Plan.LAYERS) {
      for (String sparsity : Plan.HIGH_SPARSITIES) {
        double rate = figures.gflops(Job.sparse("sampled", layer, sparsity));
        double product = figures.gflops(Job.sparse("multiply", layer, sparsity));
        sampled.add(new Target.Case(layer + " at " + sparsity + " %", rate / product));
      }
    }
    targets.add(
        Target.atLeast(
            0.5, "Gradient by the kept values (SDDMM): rate against the sparse product", sampled));
  }

  private static void sparseConvolutions(List<Target> targets, Figures figures) {
    Map<String, Double> bounds = new LinkedHashMap<>();
    bounds.put("64-64-3-32-32", 1.4);
    bounds.put("128-128-3-16-32", 2.1);
    bounds.put("256-256-3-8-32", 5.3);
    bounds.put("512-512-3-4-32", 15.0);
    bounds.put(LARGE_BATCH, 4.4);
    bounds.forEach(
        (layer, bound) ->
            targets.add(
                Target.atLeast(
                    bound,
                    "Sparse convolution at SNIP's density against the dense one",
                    cases(
                        List.of(layer),
                        shape ->
                            figures.speedUp(
                                Job.convolution("forward", shape, "snip"),
                                Job.convolution("forward", shape, "dense"))))));
  }

  private static List<Target.Case> cases(List<String> places, ToDoubleFunction<String> value) {
    return places.stream()
        .map(place -> new Target.Case(place, value.applyAsDouble(place)))
        .toList();
  }
}
