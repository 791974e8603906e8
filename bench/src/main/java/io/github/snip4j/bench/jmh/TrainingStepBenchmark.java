package io.github.snip4j.bench.jmh;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Workspace;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.model.LeNet300100;
import io.github.snip4j.nn.optim.Optimizer;
import io.github.snip4j.nn.optim.Sgd;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Steps of training LeNet-300-100, dense, at batch 100: forward, backward, update. With {@code
 * -prof gc}, {@code gc.alloc.rate.norm} is in bytes per step, to be compared with {@link
 * #ACTIVATION_BYTES}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class TrainingStepBenchmark {
  private static final int BATCH = 100;

  /** What the five layers put out in a forward pass: 4 x 100 x (300 + 300 + 100 + 100 + 10). */
  public static final long ACTIVATION_BYTES = 4L * BATCH * (300 + 300 + 100 + 100 + 10);

  /** Forward, and both gradients but that by the pictures. */
  private static final long FLOPS = 2L * BATCH * (2 * 784 * 300 + 3 * 300 * 100 + 3 * 100 * 10);

  private final Seed seed = new Seed(1);
  private final Workspace workspace = new Workspace();
  private long steps;
  private Network network = LeNet300100.create(seed);
  private Optimizer optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
  private Batch batch = new Batch(MadeUp.uniform("x", Shape.of(1, 28, 28, 1)), new int[1]);

  /** Makes the network and its only batch. */
  @Setup
  public void fill() {
    network = LeNet300100.create(seed);
    optimizer = new Optimizer(new Sgd(0.9, false, 5e-4), network);
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = i % 10;
    }
    batch = new Batch(MadeUp.uniform("x", Shape.of(1, 28, 28, BATCH)), labels);
  }

  /** What {@link io.github.snip4j.nn.train.Trainer} does in each step, the buffers made before. */
  @Benchmark
  public float train(Flops counter) {
    counter.flops += FLOPS;
    return workspace.run(this::step);
  }

  private float step() {
    Pass pass = Pass.training(seed.child(steps++));
    Variable loss = network.loss(batch, pass);
    optimizer.step(pass, loss.backward(), 1e-3);
    return loss.value().item();
  }
}
