/**
 * The layers: functions of their input and of their parameters, if they have any.
 *
 * <ul>
 *   <li>With weights: {@link Linear}, {@link Conv2d}, {@link Conv1d}, {@link TransposedConv2d},
 *       {@link Lstm}, {@link Gru}, {@link SelfAttention}, {@link Embedding}, {@link
 *       PositionEmbedding}.
 *   <li>Normalising: {@link BatchNorm}, {@link LayerNorm}, {@link GroupNorm}; in training alone,
 *       {@link Dropout}.
 *   <li>Element by element: {@link Relu}, {@link LeakyRelu}, {@link Relu6}, {@link Gelu}, {@link
 *       Silu}, {@link HardSwish}, {@link HardSigmoid}, {@link Softplus}, {@link Tanh}, {@link
 *       Sigmoid}; over the classes, {@link Softmax}, {@link LogSoftmax}.
 *   <li>Pooling: {@link MaxPool2d}, {@link AveragePool2d}, {@link GlobalAveragePool}.
 *   <li>From one kind of data to another: {@link Flatten}, {@link RowsAsSequence}, {@link
 *       LastTimeStep}.
 *   <li>Made of others: {@link Sequential}, {@link Residual}, {@link TimeDistributed}, {@link
 *       Bidirectional}; in any other way, {@link Composite}.
 * </ul>
 *
 * <p>Every other operation is a layer in one line: {@code Layer root = (x, pass) ->
 * Elementwise.sqrt(x);}
 */
@NullMarked
package io.github.snip4j.nn.layer;

import org.jspecify.annotations.NullMarked;
