package io.github.snip4j.bench.spark;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Takes what tasks give, as it arrives; Spark calls it for one at a time. */
final class Arrivals<T> extends AbstractFunction2<Object, T, BoxedUnit> {
  private final Taker<T> taker;
  private volatile @Nullable Exception thrown;

  Arrivals(Taker<T> taker) {
    this.taker = taker;
  }

  /** Does something with what one task gave. */
  interface Taker<T> {
    void take(T given) throws IOException;
  }

  @Override
  public BoxedUnit apply(Object partition, T given) {
    if (thrown == null) {
      try {
        taker.take(given);
      } catch (IOException | RuntimeException e) {
        thrown = e;
        throw new IllegalStateException(e); // ends the job
      }
    }
    return BoxedUnit.UNIT;
  }

  /** Throws what ended the job, if that was here. */
  void rethrow() throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    } else if (thrown instanceof RuntimeException e) {
      throw e;
    }
  }
}
