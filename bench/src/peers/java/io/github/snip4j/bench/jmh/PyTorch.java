package io.github.snip4j.bench.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.github.snip4j.core.internal.parallel.Parallel;

/** PyTorch in this Java, through DJL: its native library comes in a jar and nothing is fetched. */
final class PyTorch {
  private PyTorch() {}

  /** Starts it, with as many threads as our kernels have. */
  static NDManager start() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(Parallel.threads()));
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false"); // of TorchScript, not used here
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    return Engine.getEngine("PyTorch").newBaseManager();
  }
}
