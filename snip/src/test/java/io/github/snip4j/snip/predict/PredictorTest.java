package io.github.snip4j.snip.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.testing.RandomTensors;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.layer.AveragePool2d;
import io.github.snip4j.nn.layer.BatchNorm;
import io.github.snip4j.nn.layer.Conv2d;
import io.github.snip4j.nn.layer.Flatten;
import io.github.snip4j.nn.layer.LayerNorm;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.predict.Predictor;
import io.github.snip4j.snip.ConnectionSensitivity;
import io.github.snip4j.snip.Connections;
import io.github.snip4j.snip.Pruner;
import io.github.snip4j.snip.Sparsifier;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One example at a time gives what the network gives. */
class PredictorTest {
  private static Network network(String name, double sparsity) {
    Network network = Models.named(name).create(VarianceScaling.glorot(), new Seed(3));
    network.state().forEach((key, value) -> perturb(key, value));
    network.parameters().forEach(p -> p.changed());
    if (sparsity == 0) {
      return network;
    }
    Batch batch = batch(network, 8);
    return Sparsifier.compile(
        network,
        Pruner.of(ConnectionSensitivity::score).prune(Connections.of(network, batch), sparsity));
  }

  /** Biases, scales, means and variances that are not those of a fresh network. */
  private static void perturb(String key, Tensor value) {
    if (value.shape().rank() == 1) {
      for (int i = 0; i < value.size(); i++) {
        float by = (float) (0.2 * new Seed(7).child(key).uniform(i));
        value.put(i, value.at(i) + by);
      }
    }
  }

  private static Batch batch(Network network, int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % network.outputs();
    }
    Tensor x = RandomTensors.normal(9, network.input().append(n).toArray());
    return new Batch(x, labels);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 0",
    "lenet-300-100, 0.98",
    "lenet-5-caffe, 0",
    "lenet-5-caffe, 0.99",
    "lenet-5-caffe-relu, 0.9",
    "lstm-s, 0",
    "lstm-s, 0.95",
    "gru-s, 0",
    "gru-s, 0.95",
    "vgg-like-quarter, 0",
    "vgg-like-quarter, 0.97",
    "wrn-10-1, 0",
    "wrn-10-1, 0.95",
    "resnet-20, 0.9",
    "mobilenet-v2, 0.5",
    "alexnet-s, 0.95"
  })
  void givesWhatTheNetworkGives(String name, double sparsity) {
    Network network = network(name, sparsity);
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isTrue();
    assertNear(network, predictor);
  }

  private static void assertNear(Network network, Predictor predictor) {
    Batch batch = batch(network, 3);
    Tensor logits = network.logits(batch.x());
    float largest = 0;
    for (float logit : logits.toArray()) {
      largest = Math.max(largest, Math.abs(logit));
    }
    for (int n = 0; n < 3; n++) {
      float[] y = predictor.predict(batch.example(n).x().toArray());
      for (int k = 0; k < y.length; k++) {
        assertThat(Math.abs(y[k] - logits.at(k * 3 + n)))
            .as("output %d of example %d", k, n)
            .isLessThan(2e-5f * largest);
      }
    }
    assertThat(predictor.predict(batch.x()).toArray()).isEqualTo(logits.toArray());
  }

  @Test
  void whatThePlanHasNoStepForIsComputedAsTheNetworkDoes() {
    Seed seed = new Seed(2);
    VarianceScaling init = VarianceScaling.glorot();
    Network network =
        new Network(
            "normed",
            Shape.of(5),
            3,
            new Sequential(
                new Linear("fc1", 5, 8, init, seed),
                new LayerNorm("norm", 8),
                new Linear("fc2", 8, 3, init, seed)));
    Predictor predictor = Predictor.of(network);
    assertThat(predictor.isPlanned()).isFalse();
    assertNear(network, predictor);
  }

  @Test
  void stridesDilationGroupsAndPaddingOnOneSide() {
    Seed seed = new Seed(2);
    VarianceScaling init = VarianceScaling.glorot();
    for (Conv2dSpec conv :
        List.of(
            new Conv2dSpec(2, 3, 1, 1, 2, 1, 0, 2, 1),
            new Conv2dSpec(1, 2, 2, 1, 1, 0, 2, 0, 1),
            new Conv2dSpec(3, 1, 1, 2, 2, 2, 2, 0, 0))) {
      int h = conv.outputHeight(9, 3);
      int w = conv.outputWidth(11, 2);
      Network network =
          new Network(
              "windows",
              Shape.of(4, 9, 11),
              6 * (h / 2) * (w / 2),
              new Sequential(
                  new Conv2d("conv", Shape.of(6, 4 / conv.groups(), 3, 2), conv, init, seed),
                  new BatchNorm("norm", 6),
                  new AveragePool2d("pool", PoolSpec.square(2, 2, 0), false),
                  new Flatten()));
      Predictor predictor = Predictor.of(network);
      assertThat(predictor.isPlanned()).isTrue();
      assertNear(network, predictor);
    }
  }

  @Test
  void doesNotChangeWithTheNetwork() {
    Network network = network("lenet-300-100", 0.98);
    Predictor predictor = Predictor.of(network);
    float[] example = batch(network, 1).x().toArray();
    float[] before = predictor.predict(example);
    network.parameter("fc3.bias").value().put(0, 100);
    network.parameter("fc3.bias").changed();
    assertThat(predictor.predict(example)).isEqualTo(before);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> predictor.predict(1, 2))
        .withMessage("predictor of lenet-300-100: 2 numbers to 10: expected 784 to 10");
  }

  @Test
  void eightThreadsGetTheSameBits() throws InterruptedException, ExecutionException {
    Network network = network("lenet-5-caffe", 0.99);
    Predictor predictor = Predictor.of(network);
    Batch batch = batch(network, 16);
    List<float[]> expected = new ArrayList<>();
    for (int n = 0; n < 16; n++) {
      expected.add(predictor.predict(batch.example(n).x().toArray()));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> right = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t;
        right.add(
            threads.submit(
                () -> {
                  boolean same = true;
                  for (int i = 0; i < 400; i++) {
                    int n = (first + i) % 16;
                    float[] y = predictor.predict(batch.example(n).x().toArray());
                    same &= Arrays.equals(y, expected.get(n));
                  }
                  return same;
                }));
      }
      for (Future<Boolean> thread : right) {
        assertThat(thread.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Once it is compiled, that is: until then, vectors are objects. */
  @Test
  void allocatesNothing() {
    Network network = network("lenet-5-caffe", 0.99);
    Predictor predictor = Predictor.of(network);
    float[] x = batch(network, 1).x().toArray();
    float[] y = new float[10];
    long bytes;
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    do {
      bytes = allocatedBy(() -> predictor.predict(x, y), 1000);
    } while (bytes >= 16 * 1000 && System.nanoTime() < end);
    assertThat(bytes / 1000).isLessThan(16);
  }

  private static long allocatedBy(Runnable work, int times) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
