package io.github.snip4j.bench.result;

import io.github.snip4j.nn.train.Evaluation;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The result of training one network: its errors, its curve and its cost.
 *
 * @param last after the last step
 * @param bestOnValidation after the step whose error on the validation set was least, of those that
 *     were validated: the end of each epoch, and the last step
 * @param curve how it went, ascending by step, the last step included
 * @param cost of the steps, and in memory
 * @param trainingSeconds of the training loop, validation included
 * @param waitShare the share of the steps' time, validation and checkpoints not included, that the
 *     loop waited for data
 * @param checkpointSeconds of the training loop, spent on writing checkpoints
 * @param lastCheckpoints the test set after each of the last five multiples of 1,000 steps,
 *     ascending: what the authors' code evaluates, to print the least of them
 * @param movement how connections moved; null if they did not
 * @param exchange what was sent between machines that computed a part each; null if all was
 *     computed by one program
 */
public record TrainingResult(
    Point last,
    Point bestOnValidation,
    List<CurvePoint> curve,
    Cost cost,
    double trainingSeconds,
    double waitShare,
    double checkpointSeconds,
    List<Tested> lastCheckpoints,
    @Nullable Movement movement,
    @Nullable Exchange exchange) {
  /**
   * How it went until one step.
   *
   * @param trainingLoss mean cross-entropy of the batches since the point before
   * @param validation how the network did after this step
   */
  public record CurvePoint(long step, double trainingLoss, Score validation) {}

  /** How the network did on the test set after one step, while it was trained. */
  public record Tested(long step, Score test) {}

  /**
   * The error as the authors' code gives it: the least on the test set of the last five
   * checkpoints. As the test set chooses, it is lower than that of a network which nobody chose.
   *
   * @return empty if the training had no checkpoint, which come every 1,000 steps
   */
  public OptionalDouble leastOfLastCheckpoints() {
    return lastCheckpoints.stream().mapToDouble(tested -> tested.test().error()).min();
  }

  /** How the network did after one step. */
  public record Point(long step, Score training, Score validation, Score test) {}

  /**
   * How it did on one part of the data.
   *
   * @param error share of wrong answers, in [0, 1]
   * @param loss mean cross-entropy
   */
  public record Score(double error, double loss) {
    public static Score of(Evaluation evaluation) {
      return new Score(evaluation.error(), evaluation.loss());
    }
  }
}
