package io.github.snip4j.core.tensor;

/** The {@link Structure} of a tensor that nothing is missing of. */
record AllElements(Shape shape) implements Structure {
  @Override
  public int count() {
    return shape.size();
  }

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public int[] positions() {
    int[] all = new int[shape.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return all;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Tensor gather(Tensor whole) {
    checkValues("gather", whole);
    return whole;
  }

  @Override
  public Tensor spread(Tensor values) {
    checkValues("spread", values);
    return values;
  }
}
