package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.parts.PartTask;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What Spark runs on another machine, for each partition: the part of its number. */
final class EachPart extends AbstractFunction1<Iterator<Integer>, Iterator<Integer>>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final PartTask task;

  EachPart(PartTask task) {
    this.task = task;
  }

  @Override
  public Iterator<Integer> apply(Iterator<Integer> numbers) {
    BarrierTaskContext context = BarrierTaskContext.get();
    try {
      task.run(context.partitionId(), context.stageAttemptNumber(), new NamedSources());
      return numbers;
    } catch (IOException e) { // Spark tries again
      throw new UncheckedIOException("part " + (context.partitionId() + 1) + ": " + e, e);
    }
  }
}
