package io.github.snip4j.bench.run;

import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.model.Model;

/**
 * A run whose numbers are written, with what its report is made from.
 *
 * @param splits the data, under their true labels
 * @param seeds of the run
 * @param pruning what was pruned
 * @param result its numbers
 * @param folder where they are, and the pruned network
 */
public record FinishedRun(
    Model model,
    Splits splits,
    RunSeeds seeds,
    PruningSummary pruning,
    RunResult result,
    RunFolder folder) {}
