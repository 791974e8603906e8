package io.github.snip4j.core.recurrent;

import io.github.snip4j.core.tensor.Tensor;

/**
 * Derivatives of the loss by what a recurrent cell was given.
 *
 * @param dx {@code [T, F, N]}
 * @param dw of the matrix's shape
 * @param db of the biases' shape
 */
public record SequenceGradients(Tensor dx, Tensor dw, Tensor db) {}
