package io.github.snip4j.bench.summary;

import io.github.snip4j.bench.jmh.GemmBenchmark;

/**
 * One of the three dense products of a linear layer.
 *
 * @param layer outputs x inputs
 * @param batch how many examples
 */
record LayerProduct(Work work, String layer, int batch) {
  /** Which of the three. */
  enum Work {
    FORWARD("forward"),
    INPUT_GRADIENT("gradient by the input"),
    WEIGHT_GRADIENT("gradient by the weights");

    private final String text;

    Work(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** As {@link GemmBenchmark} reads it. */
  private String shape() {
    String[] dims = layer.split("x", -1);
    String outputs = dims[0];
    String inputs = dims[1];
    return switch (work) {
      case FORWARD -> outputs + "x" + batch + "x" + inputs;
      case INPUT_GRADIENT -> inputs + "x" + batch + "x" + outputs + "-tn";
      case WEIGHT_GRADIENT -> outputs + "x" + inputs + "x" + batch + "-nt";
    };
  }

  Job ours() {
    return Job.gemm("simd", shape(), Start.ONE_THREAD);
  }

  Job peer(String library) {
    return Job.peer(library, shape());
  }

  /** Whether a library has such products: onnxruntime computes layers, forward. */
  boolean isIn(String library) {
    return work == Work.FORWARD || !library.equals("onnxruntime");
  }

  /** Our time over that of the fastest other library; NaN if there is none. */
  double timeOverPeers(Figures figures) {
    double least =
        Plan.MULTIPLYING_PEERS.stream()
            .mapToDouble(library -> figures.microseconds(peer(library)))
            .filter(time -> !Double.isNaN(time))
            .min()
            .orElse(Double.NaN);
    return figures.microseconds(ours()) / least;
  }

  @Override
  public String toString() {
    return work.text() + ", " + layer + ", batch " + batch;
  }
}
