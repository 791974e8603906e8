package io.github.snip4j.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Reference values computed with PyTorch in double precision, and how close is close enough.
 *
 * <p>They, and {@code make_golden.py} which made them, are in {@code
 * core/src/test/resources/golden}.
 */
public final class Golden {
  private final Npz npz;

  private Golden(Npz npz) {
    this.npz = npz;
  }

  /** The values of one case, from {@code /golden/<name>.npz} on the test's class path. */
  public static Golden of(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".npz")) {
      assertThat(in).as("golden/%s.npz", name).isNotNull();
      Path copy = Files.createTempFile("golden", ".npz");
      copy.toFile().deleteOnExit(); // arrays are read when they are asked for
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return new Golden(Npz.read(copy));
    } catch (IOException e) {
      throw new AssertionError("golden/" + name + ".npz", e);
    }
  }

  public Npz npz() {
    return npz;
  }

  public Tensor tensor(String name) {
    try {
      return npz.floats(name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public int[] ints(String name) {
    try {
      return npz.ints(name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A matrix with its axes exchanged: PyTorch has the batch first, we have it last. */
  public Tensor transposed(String name) {
    return transpose(tensor(name));
  }

  /** A tensor with its first axis, which is PyTorch's batch, made the last. */
  public Tensor batchLast(String name) {
    Tensor t = tensor(name);
    int[] dims = t.shape().toArray();
    int n = dims[0];
    Shape example = Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    Tensor matrix = transpose(t.reshape(Shape.of(n, example.size())));
    return matrix.reshape(example.append(n));
  }

  /** A new matrix with the axes exchanged. */
  public static Tensor transpose(Tensor matrix) {
    int rows = matrix.shape().dim(0);
    int columns = matrix.shape().dim(1);
    Tensor result = Tensor.zeros(Shape.of(columns, rows));
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result.set(matrix.get(i, j), j, i);
      }
    }
    return result;
  }

  /** Asserts equal shapes, and no difference above {@code relative} times the largest expected. */
  public static void assertClose(Tensor actual, Tensor expected, double relative) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < actual.size(); i++) {
      double a = actual.at(i);
      double e = expected.at(i);
      largest = Math.max(largest, Math.abs(e));
      worst = Math.max(worst, Double.isNaN(a) ? Double.POSITIVE_INFINITY : Math.abs(a - e));
    }
    assertThat(worst).as("largest difference").isLessThanOrEqualTo(relative * largest);
  }
}
