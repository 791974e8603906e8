package io.github.snip4j.nn;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.init.Initializer;
import java.io.IOException;

/**
 * Zeros for the network that a file describes, of which there are no more than the file has
 * numbers, and as many again: a file cannot ask for more memory than it is worth.
 */
final class LimitedZeros implements Initializer {
  private long left = 1024;

  LimitedZeros(Npz npz) throws IOException {
    for (String name : npz.names()) {
      left += 2L * npz.shape(name).size();
    }
  }

  @Override
  public Tensor draw(Shape shape, Seed seed) {
    left -= shape.size();
    if (left < 0) {
      throw new IllegalArgumentException("it has more parameters than the file has numbers");
    }
    return Tensor.zeros(shape);
  }
}
