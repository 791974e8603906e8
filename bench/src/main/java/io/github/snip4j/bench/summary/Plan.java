package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;

/** What the summary measures; what is compared stands next to what it is compared with. */
public final class Plan {
  static final List<String> CUBES =
      List.of("256x256x256", "512x512x512", "1024x1024x1024", "2048x2048x2048");

  /** The large product that others are held against. */
  static final String LARGE = "1024x1024x1024";

  /** Plain Java takes seconds for the largest. */
  static final List<String> CUBES_OF_PLAIN_JAVA = CUBES.subList(0, 3);

  static final List<String> LAYERS = List.of("300x784", "512x512", "1024x1024");
  static final List<String> SPARSITIES = List.of("50", "65", "80", "90", "95", "98", "99", "99.9");

  /** The sparsities at which the gradients are measured too. */
  static final List<String> HIGH_SPARSITIES = List.of("90", "95", "98", "99");

  /** The layers whose dense products others are held against too, with these batches. */
  static final List<LayerProduct> LAYER_PRODUCTS = layerProducts();

  /** The libraries that compute them too; sparse ones MKL alone. */
  static final List<String> MULTIPLYING_PEERS = List.of("MKL", "onnxruntime", "PyTorch");

  static final List<String> METHODS = List.of("forward", "inputGradient", "weightGradient");
  static final List<String> VGG_32 =
      List.of(
          "64-64-3-32-32", "128-128-3-16-32", "256-256-3-8-32", "512-512-3-4-32", "512-512-3-2-32");
  static final List<String> VGG_128 =
      List.of(
          "64-64-3-32-128",
          "128-128-3-16-128",
          "256-256-3-8-128",
          "512-512-3-4-128",
          "512-512-3-2-128");
  static final List<String> LENET_5 = List.of("1-20-5-28-100", "20-50-5-12-100");

  /** Of which the bytes are counted. */
  static final Job ALLOCATING = Job.training("lenet-300-100-98-100", "dense", Start.ONE_THREAD);

  /** Training steps that have targets; a large VGG-like batch would take minutes. */
  static final List<String> TRAINING =
      List.of("lenet-300-100-98-100", "lenet-5-caffe-99-100", "lstm-s-95-100", "vgg-like-97-32");

  static final List<String> MORE_TRAINING =
      List.of("gru-s-95-100", "wrn-16-8-95-32", "resnet-18-onnx-95-32", "decoder-90-16");
  static final List<String> INFERENCE =
      List.of(
          "lenet-300-100-98-1",
          "lenet-300-100-98-1000",
          "lenet-5-caffe-99-1",
          "lenet-5-caffe-99-1000",
          "lstm-s-95-1",
          "lstm-s-95-1000",
          "gru-s-95-1",
          "gru-s-95-1000",
          "vgg-like-97-1",
          "vgg-like-97-128",
          "wrn-16-8-95-1",
          "wrn-16-8-95-32");

  /** Networks that are asked for one example at a time. */
  static final List<String> PREDICTED =
      List.of(
          "lenet-300-100-98-1",
          "lenet-5-caffe-99-1",
          "lstm-s-95-1",
          "gru-s-95-1",
          "vgg-like-97-1",
          "wrn-16-8-95-1");

  /** The libraries that they are computed by too, dense. */
  static final List<String> PREDICTING_PEERS = List.of("onnxruntime", "PyTorch");

  /** How a network is computed. */
  static final List<String> VARIANTS = List.of("dense", "masked", "sparse");

  private Plan() {}

  /** The kernels, and the training steps that have targets: under ten minutes. */
  public static List<Job> jobs() {
    List<Job> jobs = new ArrayList<>(ownKernels());
    training(jobs, TRAINING);
    return jobs;
  }

  /** The kernels alone, and the products of layers in other libraries. */
  public static List<Job> kernels() {
    List<Job> jobs = new ArrayList<>(ownKernels());
    products().stream().filter(job -> !jobs.contains(job)).forEach(jobs::add);
    return jobs;
  }

  private static List<Job> ownKernels() {
    List<Job> jobs = new ArrayList<>();
    products(jobs);
    sparseProducts(jobs);
    convolutions(jobs);
    jobs.add(ALLOCATING);
    return jobs;
  }

  /** The products of layers, dense and sparse, beside those of other libraries. */
  public static List<Job> products() {
    List<Job> jobs = new ArrayList<>();
    for (LayerProduct product : LAYER_PRODUCTS) {
      jobs.add(product.ours());
      MULTIPLYING_PEERS.stream().filter(product::isIn).map(product::peer).forEach(jobs::add);
    }
    for (String layer : LAYERS) {
      for (String sparsity : HIGH_SPARSITIES) {
        jobs.add(Job.sparse("multiply", layer, sparsity));
        jobs.add(Job.peerSparse("MKL", layer, sparsity));
      }
    }
    return jobs;
  }

  private static List<LayerProduct> layerProducts() {
    List<LayerProduct> products = new ArrayList<>();
    for (LayerProduct.Work work : LayerProduct.Work.values()) {
      for (String layer : List.of("300x784", "1024x1024", "512x4608", "100x300")) {
        for (int batch : new int[] {32, 100, 128}) {
          products.add(new LayerProduct(work, layer, batch));
        }
      }
    }
    return List.copyOf(products);
  }

  /** Whole networks: training and inference. */
  public static List<Job> networks() {
    List<Job> jobs = new ArrayList<>();
    training(jobs, TRAINING);
    training(jobs, MORE_TRAINING);
    for (String workload : INFERENCE) {
      jobs.add(Job.peerInference(workload));
      VARIANTS.forEach(variant -> jobs.add(Job.inference(workload, variant)));
    }
    return jobs;
  }

  /** One answer of a service: what {@link PredictorTable} shows, and {@link PredictorTargets}. */
  public static List<Job> predictors() {
    List<Job> jobs = new ArrayList<>();
    for (Start start : List.of(Start.ONE_THREAD, Start.EIGHT_ASKING)) {
      for (String workload : PREDICTED) {
        jobs.add(Job.predictor(workload, "sparse", start));
        jobs.add(Job.predictor(workload, "dense", start));
        if (workload.startsWith("lenet-300-100")) {
          jobs.add(Job.csrPredictor(workload, start));
        }
        PREDICTING_PEERS.forEach(peer -> jobs.add(Job.peerPredictor(workload, peer, start)));
      }
    }
    jobs.add(Job.predictor(PREDICTED.get(0), "dense", Start.WITHOUT_VECTORS));
    for (String what : List.of("warmUp", "first", "hundredth")) {
      jobs.add(Job.predictorStart(what, PREDICTED.get(0), "sparse"));
    }
    return jobs;
  }

  /** Whole runs beside the step by itself, and training steps on one thread and two. */
  public static List<Job> runs() {
    List<Job> jobs = new ArrayList<>();
    for (String variant : List.of("sparse", "dense")) {
      jobs.add(Job.training(RunTargets.DEFAULT, variant, Start.TWO_THREADS));
      jobs.add(variant.equals("sparse") ? RunTargets.SPARSE_STEP : RunTargets.DENSE_STEP);
    }
    jobs.add(RunTargets.DEFAULT_RUN);
    List.of("simd", "jblas", "scalar").forEach(gemm -> jobs.add(Job.coldRun(gemm)));
    for (String workload : RunTargets.SHARED) {
      for (String variant : List.of("sparse", "dense")) {
        jobs.add(Job.training(workload, variant, Start.ONE_THREAD));
        jobs.add(Job.training(workload, variant, Start.TWO_THREADS));
      }
    }
    return jobs;
  }

  private static void training(List<Job> jobs, List<String> workloads) {
    for (String workload : workloads) {
      jobs.add(Job.peerTraining(workload));
      VARIANTS.forEach(variant -> jobs.add(Job.training(workload, variant, Start.TWO_THREADS)));
    }
  }

  private static void products(List<Job> jobs) {
    for (String cube : CUBES) {
      jobs.add(Job.gemm("simd", cube, Start.ONE_THREAD));
      jobs.add(Job.gemm("jblas", cube, Start.ONE_THREAD));
      jobs.add(Job.gemm("jblas", cube, Start.CORE_TYPE));
      jobs.add(Job.peer("OpenBLAS", cube));
      jobs.add(Job.gemm("simd", cube, Start.TWO_THREADS));
    }
    for (String cube : CUBES_OF_PLAIN_JAVA) {
      jobs.add(Job.gemm("scalar", cube, Start.WITHOUT_VECTORS));
      jobs.add(Job.gemm("jblas", cube, Start.WITHOUT_VECTORS));
    }
  }

  private static void sparseProducts(List<Job> jobs) {
    for (String layer : LAYERS) {
      jobs.add(Job.sparse("multiply", layer, "0"));
      SPARSITIES.forEach(sparsity -> jobs.add(Job.sparse("multiply", layer, sparsity)));
      HIGH_SPARSITIES.forEach(sparsity -> jobs.add(Job.sparse("sampled", layer, sparsity)));
    }
  }

  private static void convolutions(List<Job> jobs) {
    for (String layer : VGG_32) {
      for (String method : METHODS) {
        jobs.add(Job.convolution(method, layer, "dense"));
      }
      jobs.add(Job.convolution("forward", layer, "snip"));
    }
    for (String layer : VGG_128) {
      for (String method : METHODS) {
        jobs.add(Job.convolution(method, layer, "dense"));
      }
    }
    jobs.add(Job.convolution("forward", Targets.LARGE_BATCH, "snip"));
    for (String layer : LENET_5) {
      jobs.add(Job.convolution("forward", layer, "dense"));
      jobs.add(Job.convolution("forward", layer, "snip"));
    }
  }
}
