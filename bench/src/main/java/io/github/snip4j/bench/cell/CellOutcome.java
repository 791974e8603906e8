package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.result.RunResult;
import org.jspecify.annotations.Nullable;

/**
 * What came of one cell.
 *
 * @param result null if there is none
 * @param failure why there is none, in a sentence; null if there is one
 */
public record CellOutcome(
    Cell cell, Kind kind, @Nullable RunResult result, @Nullable String failure) {
  /** How a cell ended. */
  public enum Kind {
    /** It was run to its end, now. */
    FINISHED,
    /** An earlier program, or another one meanwhile, had finished it. */
    FINISHED_BEFORE,
    /** Its layers collapsed, or it diverged. */
    FAILED,
    /** Another process is running it, and had not finished it when all other cells were done. */
    HELD
  }

  static CellOutcome finished(Cell cell, RunResult result) {
    return new CellOutcome(cell, Kind.FINISHED, result, null);
  }

  static CellOutcome finishedBefore(Cell cell, RunResult result) {
    return new CellOutcome(cell, Kind.FINISHED_BEFORE, result, null);
  }

  static CellOutcome failed(Cell cell, @Nullable String why) {
    return new CellOutcome(cell, Kind.FAILED, null, String.valueOf(why));
  }

  static CellOutcome held(Cell cell, @Nullable String who) {
    return new CellOutcome(cell, Kind.HELD, null, String.valueOf(who));
  }
}
