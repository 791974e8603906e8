package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers are compared by time are the same answers. */
class PredictingPeerTest {
  private static final int THREADS = 4;
  private static final int EXAMPLES = 5;

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100-98-5, onnxruntime",
    "lenet-300-100-98-5, PyTorch",
    "lenet-5-caffe-99-5, onnxruntime",
    "lenet-5-caffe-99-5, PyTorch",
    "lstm-s-95-5, onnxruntime",
    "lstm-s-95-5, PyTorch",
    "gru-s-95-5, onnxruntime",
    "gru-s-95-5, PyTorch",
    "vgg-like-97-5, onnxruntime",
    "vgg-like-97-5, PyTorch"
  })
  void fourThreadsAreGivenOurLogits(String text, String library)
      throws InterruptedException, ExecutionException {
    Workload workload = Workload.of(text);
    Network network = workload.network("dense");
    Batch batch = workload.examples(network);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (PredictingPeer peer = PeerPredictorBenchmark.peer(library, network)) {
      List<Future<?>> answers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        answers.add(threads.submit(() -> agrees(peer, network, batch)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static void agrees(PredictingPeer peer, Network network, Batch batch) {
    try (PredictingPeer.Asking asking = peer.asking()) {
      for (int i = 0; i < EXAMPLES; i++) {
        Batch one = batch.example(i);
        float[] outputs = new float[network.outputs()];
        asking.predict(one.x().toArray(), outputs);
        float[] expected = network.logits(one.x()).toArray();
        assertThat(outputs).as("example %d", i).containsExactly(expected, within(1e-4f));
      }
    }
  }
}
