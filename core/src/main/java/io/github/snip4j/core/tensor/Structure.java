package io.github.snip4j.core.tensor;

import java.util.Arrays;

/**
 * Which elements of a tensor exist, as of a pruned weight. The others are 0 and have no place in
 * memory.
 *
 * <p>The values of those that exist are a tensor of their own: of the whole {@link #shape} where
 * all elements exist, else a vector of {@link #count} numbers in row-major order. Immutable.
 *
 * <p>There are three kinds. {@link #whole} has all elements; {@link #of} has some, and operations
 * compute with zeros in the place of the others; the rows of a sparse matrix, which a pruned weight
 * may be stored as, let operations compute with the existing elements alone.
 */
public interface Structure {
  /** All elements of tensors of this shape. */
  static Structure whole(Shape shape) {
    return new AllElements(shape);
  }

  /**
   * Some elements of tensors of this shape.
   *
   * @param positions row-major, ascending; copied
   * @throws IllegalArgumentException if they are not ascending, or one lies outside
   */
  static Structure of(Shape shape, int... positions) {
    return new SomeElements(shape, positions);
  }

  /** The shape of the whole tensor. */
  Shape shape();

  /** How many elements exist. */
  int count();

  /** Whether all elements exist, and their values have the whole {@link #shape}. */
  default boolean isWhole() {
    return false;
  }

  /** The shape of the values: {@link #shape} if this is whole, else {@code [count]}. */
  default Shape valuesShape() {
    return isWhole() ? shape() : Shape.of(count());
  }

  /** Whether the same elements of the same shape exist in another structure, of any kind. */
  default boolean hasSameElements(Structure other) {
    if (this == other) {
      return true;
    }
    if (!shape().equals(other.shape()) || count() != other.count()) {
      return false;
    }
    return count() == shape().size() || Arrays.equals(positions(), other.positions());
  }

  /** The row-major positions of the elements that exist, ascending, as a new array. */
  int[] positions();

  /** How much memory it takes to know which elements exist. */
  long bytes();

  /**
   * The values of the elements that exist.
   *
   * @param whole of the {@link #shape}
   * @return of the {@link #valuesShape}; shares the tensor's array if all exist
   * @throws IllegalArgumentException if it has another shape
   */
  Tensor gather(Tensor whole);

  /**
   * The whole tensor: these values in their places, and 0 elsewhere.
   *
   * @param values of the {@link #valuesShape}
   * @return of the {@link #shape}; shares the values' array if all elements exist
   * @throws IllegalArgumentException if it has another shape
   */
  Tensor spread(Tensor values);

  /**
   * Where the elements of this are among those of another structure of the same shape.
   *
   * @return for each element its index there; -1 if it does not exist there
   * @throws IllegalArgumentException if the shapes differ
   */
  default int[] indicesIn(Structure other) {
    if (!other.shape().equals(shape())) {
      throw new IllegalArgumentException(
          "structures of " + shape() + " and of " + other.shape() + ": expected one shape");
    }
    int[] indices = positions();
    if (other.isWhole()) {
      return indices;
    }
    int[] theirs = other.positions();
    int next = 0;
    for (int k = 0; k < indices.length; k++) {
      while (next < theirs.length && theirs[next] < indices[k]) {
        next++;
      }
      indices[k] = next < theirs.length && theirs[next] == indices[k] ? next : -1;
    }
    return indices;
  }

  /**
   * The values that elements have already, by position: of those that exist in another structure
   * too, the value that they have there; 0 of the others.
   *
   * @param other of the same shape
   * @param values of the other structure
   * @throws IllegalArgumentException if they are of other shapes
   */
  default Tensor carriedOver(Structure other, Tensor values) {
    other.checkValues("carried over", values);
    Tensor carried = Tensor.zeros(valuesShape());
    if (other == this) {
      carried.copyFrom(values);
      return carried;
    }
    int k = 0;
    for (int index : indicesIn(other)) {
      if (index >= 0) {
        carried.put(k, values.at(index));
      }
      k++;
    }
    return carried;
  }

  /**
   * Refuses values that are not of the {@link #valuesShape}.
   *
   * @param operation what the message begins with
   * @throws IllegalArgumentException if they are of another shape
   */
  default void checkValues(String operation, Tensor values) {
    if (!values.shape().equals(valuesShape())) {
      throw new IllegalArgumentException(
          (operation + ": values " + values.shape() + ": expected " + valuesShape())
              + (", as many as exist of " + shape()));
    }
  }

  /**
   * Refuses a whole tensor that is not of the {@link #shape}.
   *
   * @param operation what the message begins with
   * @throws IllegalArgumentException if it is of another shape
   */
  default void checkWhole(String operation, Tensor whole) {
    if (!whole.shape().equals(shape())) {
      throw new IllegalArgumentException(
          operation + ": " + whole.shape() + ": expected " + shape());
    }
  }
}
