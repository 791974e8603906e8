package io.github.snip4j.bench.result;

/**
 * What a training in parts on other machines sent, and how long they computed.
 *
 * @param on which machines
 * @param bytes that a part sends in a step; it gets back as many
 * @param steps that were measured, since the training began or went on from a checkpoint: without
 *     the first that machines computed, and without those before which this program validated for
 *     longer than they computed
 * @param stepMillis of one step, on the average
 * @param slowestMillis how long the slowest part of a step computed, on the average; the rest of a
 *     step is exchange, update, and whatever else the machines do
 * @param meanMillis how long a part computed, on the average
 * @param startSeconds until the machines had computed their first step, of all beginnings together
 * @param restarts how often the machines began anew, from the step that was being computed, as one
 *     was lost
 */
public record Exchange(
    String on,
    long bytes,
    long steps,
    double stepMillis,
    double slowestMillis,
    double meanMillis,
    double startSeconds,
    int restarts) {}
