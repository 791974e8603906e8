package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.Batch;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** Batches that are made when they are asked for, each time anew. */
final class BatchList extends AbstractList<Batch> implements RandomAccess {
  private final int size;
  private final IntFunction<Batch> batches;

  BatchList(int size, IntFunction<Batch> batches) {
    this.size = size;
    this.batches = batches;
  }

  @Override
  public Batch get(int index) {
    return batches.apply(Objects.checkIndex(index, size));
  }

  @Override
  public int size() {
    return size;
  }
}
