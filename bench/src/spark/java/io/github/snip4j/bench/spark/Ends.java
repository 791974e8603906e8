package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cell.CellCluster;
import io.github.snip4j.bench.cell.CellOutcome;
import io.github.snip4j.bench.cli.option.UserError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Takes how cells ended, as they arrive; Spark calls it for one at a time. */
final class Ends extends AbstractFunction2<Object, CellTask.End, BoxedUnit> {
  private final CellCluster.Follower follower;
  private volatile @Nullable Exception thrown;

  Ends(CellCluster.Follower follower) {
    this.follower = follower;
  }

  @Override
  public BoxedUnit apply(Object partition, CellTask.End end) {
    if (thrown == null) {
      try {
        accept(end);
      } catch (IOException | RuntimeException e) {
        thrown = e;
        throw new IllegalStateException(e); // ends the job
      }
    }
    return BoxedUnit.UNIT;
  }

  private void accept(CellTask.End end) throws IOException {
    CellOutcome.Kind kind = end.kind();
    if (kind == null) {
      throw new UserError(String.valueOf(end.why()));
    }
    follower.ended(end.number(), kind, end.why());
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
