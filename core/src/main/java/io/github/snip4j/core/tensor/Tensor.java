package io.github.snip4j.core.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array of floats with a {@link Shape}: row-major and contiguous in a {@code float[]}, from an
 * offset on.
 *
 * <p>{@link #reshape} and {@link #slice} share the array; nothing else does, but what {@link
 * Workspace} says. Tensors live on the heap and need no closing. They are mutable, and not
 * synchronised. All that reads or writes elements throws {@link IllegalStateException} if the
 * tensor was made in a step of a {@code Workspace} that is over.
 */
public final class Tensor {
  private final Shape shape;
  private final float[] data;
  private final int offset;
  private final int size;
  private final @Nullable WorkspaceStep step; // null: the array is its own

  private Tensor(Shape shape, float[] data, int offset, @Nullable WorkspaceStep step) {
    this.shape = shape;
    this.data = data;
    this.offset = offset;
    this.size = shape.size();
    this.step = step;
  }

  /** A new tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    int length = Math.addExact(shape.size(), CacheLine.BEGIN);
    return new Tensor(shape, Workspace.zeros(length), CacheLine.BEGIN, Workspace.currentStep());
  }

  /** A new tensor of arbitrary values, for a result that is written whole. */
  public static Tensor uninitialized(Shape shape) {
    int length = Math.addExact(shape.size(), CacheLine.BEGIN);
    return new Tensor(shape, Workspace.floats(length), CacheLine.BEGIN, Workspace.currentStep());
  }

  /** A new tensor with one value everywhere. */
  public static Tensor full(Shape shape, float value) {
    Tensor t = uninitialized(shape);
    Arrays.fill(t.data, t.offset, t.data.length, value);
    return t;
  }

  /** A new tensor of shape {@code []}. */
  public static Tensor scalar(float value) {
    return new Tensor(Shape.scalar(), new float[] {value}, 0, null);
  }

  /**
   * A tensor over this array, which it shares from then on.
   *
   * @param values row-major, exactly {@code shape.size()} of them
   * @throws IllegalArgumentException if the number of values differs from the shape's size
   */
  public static Tensor of(Shape shape, float... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "tensor " + shape + " takes " + shape.size() + " values, not " + values.length);
    }
    return new Tensor(shape, values, 0, null);
  }

  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The array that holds the elements, shared; they start at {@link #offset()}. */
  public float[] data() {
    checkStep();
    return data;
  }

  private void checkStep() {
    if (step != null) {
      step.check(shape);
    }
  }

  /** Where in {@link #data()} the first element is. */
  public int offset() {
    return offset;
  }

  /**
   * Element i in row-major order.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public float at(int i) {
    return data[element(i)];
  }

  /** Sets element i in row-major order; errors as {@link #at}. */
  public void put(int i, float value) {
    data[element(i)] = value;
  }

  private int element(int i) {
    checkStep();
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException(
          "tensor " + shape + ": element " + i + " is not among its " + size);
    }
    return offset + i;
  }

  /**
   * The element at these coordinates, one per axis.
   *
   * @throws IllegalArgumentException if their number differs from the rank
   * @throws IndexOutOfBoundsException if one is outside its axis
   */
  public float get(int... index) {
    return data[position(index)];
  }

  /** Sets the element at these coordinates; errors as {@link #get}. */
  public void set(float value, int... index) {
    data[position(index)] = value;
  }

  private int position(int[] index) {
    checkStep();
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException(
          "tensor " + shape + " takes " + shape.rank() + " coordinates, not " + index.length);
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      int length = shape.dim(axis);
      if (index[axis] < 0 || index[axis] >= length) {
        throw new IndexOutOfBoundsException(
            "tensor " + shape + ": coordinate " + index[axis] + " is outside axis " + axis);
      }
      position = position * length + index[axis];
    }
    return offset + position;
  }

  /**
   * The only element of a tensor of size 1.
   *
   * @throws IllegalStateException if there are more or none
   */
  public float item() {
    if (size() != 1) {
      throw new IllegalStateException(
          "item: tensor " + shape + " has " + size() + " elements: expected exactly one");
    }
    checkStep();
    return data[offset];
  }

  /**
   * A tensor of these elements under another shape; shares the array.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public Tensor reshape(Shape to) {
    if (to.size() != size()) {
      throw new IllegalArgumentException(
          "reshape: " + shape + " has " + size() + " elements, " + to + " has " + to.size());
    }
    return new Tensor(to, data, offset, step);
  }

  /**
   * The part of the first axis in {@code [from, to)}; shares the array.
   *
   * @throws IllegalArgumentException if the range does not lie within the first axis
   */
  public Tensor slice(int from, int to) {
    int length = shape.rank() == 0 ? -1 : shape.dim(0);
    if (from < 0 || from > to || to > length) {
      throw new IllegalArgumentException(
          "slice: [" + from + ", " + to + ") is not within the first axis of " + shape);
    }
    int[] dims = shape.toArray();
    dims[0] = to - from;
    int stride = length == 0 ? 0 : size() / length;
    return new Tensor(Shape.of(dims), data, offset + from * stride, step);
  }

  /** A tensor of the same shape with an array of its own, also within a {@link Workspace}. */
  public Tensor copy() {
    checkStep();
    float[] own = new float[Math.addExact(CacheLine.BEGIN, size())];
    System.arraycopy(data, offset, own, CacheLine.BEGIN, size());
    return new Tensor(shape, own, CacheLine.BEGIN, null);
  }

  /**
   * Overwrites the elements with those of another tensor.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  public void copyFrom(Tensor source) {
    if (!shape.equals(source.shape)) {
      throw new IllegalArgumentException(
          "copy: " + source.shape + " into " + shape + ": expected the same shape");
    }
    checkStep();
    System.arraycopy(source.data(), source.offset, data, offset, size());
  }

  /** The elements in row-major order, as a new array. */
  public float[] toArray() {
    return Arrays.copyOfRange(data(), offset, offset + size());
  }

  /** The shape and the first few elements. */
  @Override
  public String toString() {
    if (step != null && step.isOver()) {
      return "Tensor" + shape + " of a step that is over";
    }
    int shown = Math.min(size(), 6);
    String head = Arrays.toString(Arrays.copyOfRange(data, offset, offset + shown));
    return "Tensor" + shape + " " + (shown < size() ? head.replace("]", ", ...]") : head);
  }
}
