package io.github.snip4j.bench.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What Spark runs on another machine, for each partition: the one cell that is in it. */
final class EachTask extends AbstractFunction2<TaskContext, Iterator<CellTask>, CellTask.End>
    implements Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public CellTask.End apply(TaskContext context, Iterator<CellTask> tasks) {
    CellTask task = tasks.next();
    try {
      return task.run();
    } catch (IOException e) {
      throw new UncheckedIOException(task.name() + ": " + e, e); // Spark tries again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(task.name() + ": interrupted");
    }
  }
}
