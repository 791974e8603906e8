package io.github.snip4j.bench.run;

import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.Storage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint knows of its run, beside the training that it was written in.
 *
 * @param schema the number of this form, see {@link #SCHEMA}
 * @param options of the run
 * @param checkpointEvery steps between checkpoints; null for the default
 * @param machine what it was begun on
 * @param dataSha256 of the data that the run was begun with, {@link Pictures#sha256}
 * @param pruning what was pruned
 * @param kernels what the pruned network is computed with, by parameter
 * @param pruned what came of training the pruned network; null while that is going on
 * @param network a digest of the file with that network; null as long
 * @param spent in the present training
 * @param curve of the present training
 * @param totalSeconds since the run began, interruptions not counted
 */
record RunState(
    int schema,
    RunOptions options,
    @Nullable Integer checkpointEvery,
    Machine machine,
    String dataSha256,
    PruningSummary pruning,
    Map<String, Storage> kernels,
    @Nullable Trained pruned,
    @Nullable String network,
    Spent spent,
    LearningCurve.SoFar curve,
    double totalSeconds) {
  /** Its forms. */
  static final Schema SCHEMA =
      new Schema(
          "checkpoint.npz",
          List.of(
              Schema.refuse(
                  0,
                  "which does not tell all of the data that the run was begun with: go on with the"
                      + " version that wrote it, or begin anew with --overwrite")));

  /** Nothing but what is marked may be missing. */
  RunState {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(machine, "machine");
    Objects.requireNonNull(dataSha256, "dataSha256");
    Objects.requireNonNull(pruning, "pruning");
    Objects.requireNonNull(kernels, "kernels");
    Objects.requireNonNull(spent, "spent");
    Objects.requireNonNull(curve, "curve");
  }

  /** The same when the pruned network is trained, and the next training begins. */
  RunState withPruned(Trained trained, String networkDigest) {
    return new RunState(
        schema,
        options,
        checkpointEvery,
        machine,
        dataSha256,
        pruning,
        kernels,
        trained,
        networkDigest,
        Spent.NOTHING,
        LearningCurve.SoFar.NOTHING,
        totalSeconds);
  }

  /** The same with another number of steps between checkpoints. */
  RunState every(int steps) {
    return new RunState(
        schema,
        options,
        steps,
        machine,
        dataSha256,
        pruning,
        kernels,
        pruned,
        network,
        spent,
        curve,
        totalSeconds);
  }

  /** The same with the data elsewhere. */
  RunState withDataDir(String dir) {
    return new RunState(
        schema,
        options.withData(options.data().at(dir)),
        checkpointEvery,
        machine,
        dataSha256,
        pruning,
        kernels,
        pruned,
        network,
        spent,
        curve,
        totalSeconds);
  }

  /** The same at a later time. */
  RunState at(Spent now, LearningCurve.SoFar drawn, double total) {
    return new RunState(
        schema,
        options,
        checkpointEvery,
        machine,
        dataSha256,
        pruning,
        kernels,
        pruned,
        network,
        now,
        drawn,
        total);
  }
}
