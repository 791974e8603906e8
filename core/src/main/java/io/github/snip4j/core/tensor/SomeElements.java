package io.github.snip4j.core.tensor;

/** A {@link Structure} of positions, checked when it is made. */
final class SomeElements implements Structure {
  private final Shape shape;
  private final int[] positions;

  SomeElements(Shape shape, int... positions) {
    int before = -1;
    for (int position : positions) {
      if (position <= before || position >= shape.size()) {
        throw new IllegalArgumentException(
            ("positions in " + shape + ": " + position + " after " + before)
                + (": expected ascending ones below " + shape.size()));
      }
      before = position;
    }
    this.shape = shape;
    this.positions = positions.clone();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return positions.length;
  }

  @Override
  public int[] positions() {
    return positions.clone();
  }

  @Override
  public long bytes() {
    return (long) Integer.BYTES * positions.length;
  }

  @Override
  public Tensor gather(Tensor whole) {
    checkWhole("gather", whole);
    if (positions.length == shape.size()) {
      return whole.reshape(valuesShape());
    }
    Tensor values = Tensor.uninitialized(valuesShape());
    float[] from = whole.data();
    int at = whole.offset();
    float[] to = values.data();
    int toAt = values.offset();
    for (int k = 0; k < positions.length; k++) {
      to[toAt + k] = from[at + positions[k]];
    }
    return values;
  }

  @Override
  public Tensor spread(Tensor values) {
    checkValues("spread", values);
    if (positions.length == shape.size()) {
      return values.reshape(shape);
    }
    Tensor whole = Tensor.zeros(shape);
    float[] from = values.data();
    int at = values.offset();
    float[] to = whole.data();
    int toAt = whole.offset();
    for (int k = 0; k < positions.length; k++) {
      to[toAt + positions[k]] = from[at + k];
    }
    return whole;
  }

  /** The number of elements and the shape: {@code 12 of [3, 5]}. */
  @Override
  public String toString() {
    return positions.length + " of " + shape;
  }
}
