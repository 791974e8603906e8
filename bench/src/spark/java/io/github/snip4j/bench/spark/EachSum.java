package io.github.snip4j.bench.spark;

import io.github.snip4j.bench.cli.option.NamedSources;
import io.github.snip4j.bench.scoring.remote.ScoringRound;
import io.github.snip4j.core.internal.parallel.Parallel;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What Spark runs on another machine, for each partition: the part of its number. */
final class EachSum extends AbstractFunction2<TaskContext, Iterator<Integer>, ScoringRound.End>
    implements Serializable {
  private static final long serialVersionUID = 1;

  private final Broadcast<ScoringRound> round;

  EachSum(Broadcast<ScoringRound> round) {
    this.round = round;
  }

  @Override
  public ScoringRound.End apply(TaskContext context, Iterator<Integer> numbers) {
    int part = numbers.next();
    try {
      return Parallel.withOwnThreads(
          Parallel.threads(), () -> round.value().compute(part, new NamedSources()));
    } catch (IOException e) { // Spark tries again
      throw new UncheckedIOException("part " + (part + 1) + ": " + e, e);
    }
  }
}
