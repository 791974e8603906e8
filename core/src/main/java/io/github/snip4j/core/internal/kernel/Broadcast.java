package io.github.snip4j.core.internal.kernel;

import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;

/**
 * Elementwise arithmetic on two tensors whose shapes agree from the last axis backwards, where an
 * axis of length 1, or a missing one, is repeated (NumPy's rule).
 */
public final class Broadcast {
  private static final int GRAIN = 1 << 15; // elements a thread takes at a time

  private Broadcast() {}

  /**
   * a + b.
   *
   * @return a new tensor of the shape that both are repeated to
   * @throws IllegalArgumentException if an axis has two lengths and neither is 1
   */
  public static Tensor add(Tensor a, Tensor b) {
    return apply("add", RowKernels::add, a, b);
  }

  /** a - b; shapes and errors as {@link #add}. */
  public static Tensor subtract(Tensor a, Tensor b) {
    return apply("subtract", RowKernels::subtract, a, b);
  }

  /** a b; shapes and errors as {@link #add}. */
  public static Tensor multiply(Tensor a, Tensor b) {
    return apply("multiply", RowKernels::multiply, a, b);
  }

  /** a / b; shapes and errors as {@link #add}. */
  public static Tensor divide(Tensor a, Tensor b) {
    return apply("divide", RowKernels::divide, a, b);
  }

  /** The larger of a and b, NaN if one is; shapes and errors as {@link #add}. */
  public static Tensor max(Tensor a, Tensor b) {
    return apply("max", RowKernels::max, a, b);
  }

  /** The smaller of a and b, NaN if one is; shapes and errors as {@link #add}. */
  public static Tensor min(Tensor a, Tensor b) {
    return apply("min", RowKernels::min, a, b);
  }

  /** 1 where {@code a > b}, 0 where {@code a < b}, 1/2 elsewhere; shapes as {@link #add}. */
  public static Tensor above(Tensor a, Tensor b) {
    return apply("above", RowKernels::above, a, b);
  }

  /**
   * a where the condition is not 0, else b.
   *
   * @return a new tensor of the shape that all three are repeated to
   * @throws IllegalArgumentException if an axis has two lengths and neither is 1
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Shape shape = shape("where", shape("where", a.shape(), b.shape()), condition.shape());
    Tensor y = Tensor.uninitialized(shape);
    int[] dims = shape.append(1).toArray(); // a last axis, of rows of one element
    int[] conditionSteps = steps(condition.shape().append(1), dims.length);
    int[] aSteps = steps(a.shape().append(1), dims.length);
    int[] bSteps = steps(b.shape().append(1), dims.length);
    for (int i = 0; i < y.size(); i++) {
      boolean first = condition.at(position(i, dims, conditionSteps)) != 0f;
      y.put(i, first ? a.at(position(i, dims, aSteps)) : b.at(position(i, dims, bSteps)));
    }
    return y;
  }

  /** The shape that both are repeated to. */
  private static Shape shape(String operation, Shape a, Shape b) {
    int[] dims = new int[Math.max(a.rank(), b.rank())];
    for (int axis = 1; axis <= dims.length; axis++) {
      int p = axis <= a.rank() ? a.dim(-axis) : 1;
      int q = axis <= b.rank() ? b.dim(-axis) : 1;
      if (p != q && p != 1 && q != 1) {
        throw new IllegalArgumentException(
            operation + ": " + a + " and " + b + ": axis -" + axis + " is " + p + " and " + q);
      }
      dims[dims.length - axis] = p == 1 ? q : p;
    }
    return Shape.of(dims);
  }

  /**
   * Undoes the repetition: sums {@code t} over the axes along which {@code shape} was repeated to
   * become {@code t.shape()}. Returns {@code t} itself if there are none.
   *
   * <p>Sums of rows are those of {@link ReductionKernels}; all others are in double and in order.
   */
  public static Tensor sumTo(Tensor t, Shape shape) {
    if (t.shape().equals(shape)) {
      return t;
    }
    int[] dims = t.shape().toArray();
    int[] steps = steps(shape, dims.length);
    Tensor sum = Tensor.uninitialized(shape);
    int run = repeatedRun(dims, steps);
    if (run == (shape.size() == 0 ? 0 : t.size() / shape.size())) {
      sumRuns(t, run, sum); // the repeated axes are the last ones: a run for each sum
    } else {
      sumRows(t, dims, steps, sum);
    }
    return sum;
  }

  /** How many elements the last axes have along which nothing steps. */
  private static int repeatedRun(int[] dims, int[] steps) {
    int run = 1;
    for (int axis = dims.length - 1; axis >= 0 && steps[axis] == 0; axis--) {
      run *= dims[axis];
    }
    return run;
  }

  private static void sumRuns(Tensor t, int run, Tensor sum) {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    Parallel.forRange(
        sum.size(),
        GRAIN / Math.max(1, run) + 1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            sum.put(i, (float) kernels.sum(run, t.data(), t.offset() + i * run));
          }
        });
  }

  private static void sumRows(Tensor t, int[] dims, int[] steps, Tensor sum) {
    double[] sums = new double[sum.size()]; // floats would stop growing at 2^24 ones
    ReductionKernels kernels = KernelChoice.chosen().reductions();
    int width = dims[dims.length - 1];
    int last = steps[dims.length - 1];
    float[] from = t.data();
    int rows = width == 0 ? 0 : t.size() / width;
    for (int row = 0; row < rows; row++) {
      int at = position(row, dims, steps);
      int fromAt = t.offset() + row * width;
      if (last == 0) {
        sums[at] += kernels.sum(width, from, fromAt);
      } else {
        for (int i = 0; i < width; i++) {
          sums[at + i] += from[fromAt + i];
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sum.put(i, (float) sums[i]);
    }
  }

  private static Tensor apply(String operation, RowKernels.Kernel kernel, Tensor a, Tensor b) {
    Shape shape = shape(operation, a.shape(), b.shape());
    Tensor y = Tensor.uninitialized(shape);
    float[] p = a.data();
    float[] q = b.data();
    if (a.shape().equals(b.shape())) {
      Parallel.forRange(
          shape.size(),
          GRAIN,
          (from, to) ->
              kernel.run(
                  p,
                  a.offset() + from,
                  1,
                  q,
                  b.offset() + from,
                  1,
                  y.data(),
                  y.offset() + from,
                  to - from));
      return y;
    }
    int[] dims = shape.toArray(); // not both scalars, so there is a last axis
    int[] aSteps = steps(a.shape(), dims.length);
    int[] bSteps = steps(b.shape(), dims.length);
    int width = dims[dims.length - 1];
    int aStep = aSteps[dims.length - 1];
    int bStep = bSteps[dims.length - 1];
    Parallel.forRange(
        width == 0 ? 0 : shape.size() / width,
        GRAIN / Math.max(1, width) + 1,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            int aAt = a.offset() + position(row, dims, aSteps);
            int bAt = b.offset() + position(row, dims, bSteps);
            kernel.run(p, aAt, aStep, q, bAt, bStep, y.data(), y.offset() + row * width, width);
          }
        });
    return y;
  }

  /** How far each of {@code rank} axes steps in a tensor of this shape; 0 where it is repeated. */
  private static int[] steps(Shape shape, int rank) {
    int[] steps = new int[rank];
    int step = 1;
    for (int axis = 1; axis <= shape.rank(); axis++) {
      int length = shape.dim(-axis);
      steps[rank - axis] = length == 1 ? 0 : step;
      step *= length;
    }
    return steps;
  }

  /** Where row {@code row} of the repeated tensor starts in the one with these steps. */
  private static int position(int row, int[] dims, int[] steps) {
    int at = 0;
    for (int axis = dims.length - 2; axis >= 0; axis--) {
      at += row % dims[axis] * steps[axis];
      row /= dims[axis];
    }
    return at;
  }
}
