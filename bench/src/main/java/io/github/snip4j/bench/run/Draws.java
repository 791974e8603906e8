package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.VarianceScaling;
import io.github.snip4j.nn.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a seed decides: the one place that says which child of it draws what. */
public final class Draws {
  /** How weights are drawn, in words: the authors' code's default. */
  static final String INITIALIZER = "variance scaling 1 / fan in, truncated normal; biases 0";

  private final Seed seed;

  /** All draws of one run. */
  public Draws(long seed) {
    this.seed = new Seed(seed);
  }

  /** The network whose connections are scored. */
  public Network network(Model model) {
    return model.create(VarianceScaling.lecun(), seed.child("network"));
  }

  /** A second network, independent of the first: what the authors' code trains. */
  public Network redrawn(Model model) {
    return model.create(VarianceScaling.lecun(), seed.child("redraw"));
  }

  /**
   * The parts of a dataset.
   *
   * @param folder where its files are; null for the embedded ones
   */
  public Splits splits(Data data, @Nullable Path folder) throws IOException {
    return data.reader().read(folder, seed.child("data"));
  }

  /** The mini-batch that connections are scored on. */
  public Batch sensitivityBatch(Splits splits, int size) {
    return splits.train().sample(size, seed.child("sensitivity"));
  }

  /** The order of the training examples. */
  Seed shuffle() {
    return seed.child("shuffle");
  }

  /** What training passes draw. */
  Seed training() {
    return seed.child("train");
  }
}
