package io.github.snip4j.bench.result;

/**
 * What a training in parts on other machines sent, and how long they computed.
 *
 * @param on which machines
 * @param bytes that a part sends in a step; it gets back as many
 * @param steps that were measured: those since the training began, or went on from a checkpoint,
 *     but for the first that machines computed
 * @param slowestMillis how long the slowest part of a step computed, on the average; the rest of a
 *     step is exchange, update, and whatever else the machines do
 * @param meanMillis how long a part computed, on the average
 * @param startSeconds until the machines had computed their first step; of all beginnings together.
 *     Not among the time of the steps
 * @param restarts how often the machines began anew, from the step that was being computed, as one
 *     was lost
 */
public record Exchange(
    String on,
    long bytes,
    long steps,
    double slowestMillis,
    double meanMillis,
    double startSeconds,
    int restarts) {}
