package io.github.snip4j.nn.model;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Layer;
import io.github.snip4j.nn.init.Initializer;
import io.github.snip4j.nn.layer.Gru;
import io.github.snip4j.nn.layer.LastTimeStep;
import io.github.snip4j.nn.layer.Linear;
import io.github.snip4j.nn.layer.Lstm;
import io.github.snip4j.nn.layer.RowsAsSequence;
import io.github.snip4j.nn.layer.Sequential;
import io.github.snip4j.nn.layer.TimeDistributed;

/**
 * The paper's recurrent networks (its table 2): a picture as 28 rows of 28, each through a fully
 * connected layer to h features, one recurrent cell of h units, its last state to 10 logits. Small
 * ones have 128 units, big ones 256.
 *
 * <p>Its code was not released. The numbers of parameters that it prints fit only with the fully
 * connected layer in front of the cell, and with TensorFlow's cells: one bias per gate; forget bias
 * 1; the reset gate before the product; the biases of GRU's gates begin at 1.
 *
 * <p>Parameters: {@code fc1}, {@code lstm} or {@code gru}, {@code fc2}, each with {@code weight}
 * and {@code bias}.
 */
final class RowByRow extends Adaptable {
  private static final int SMALL = 128;
  private static final int BIG = 256;

  /** Which cell. */
  enum Kind {
    LSTM,
    GRU
  }

  private final Kind kind;
  private final int units;

  RowByRow(Kind kind, int units, Task task) {
    super(task);
    this.kind = kind;
    this.units = units;
  }

  static Model smallLstm() {
    return new RowByRow(Kind.LSTM, SMALL, Task.MNIST);
  }

  static Model bigLstm() {
    return new RowByRow(Kind.LSTM, BIG, Task.MNIST);
  }

  static Model smallGru() {
    return new RowByRow(Kind.GRU, SMALL, Task.MNIST);
  }

  static Model bigGru() {
    return new RowByRow(Kind.GRU, BIG, Task.MNIST);
  }

  @Override
  public String name() {
    return cellName() + (units == SMALL ? "-s" : units == BIG ? "-b" : "-" + units);
  }

  @Override
  public String description() {
    return "row by row: fully connected 28-" + units + ", " + kind + ", " + units + "-10";
  }

  private String cellName() {
    return kind == Kind.LSTM ? "lstm" : "gru";
  }

  /** Grey pictures of any size. */
  @Override
  public boolean takes(Task other) {
    return other.input().rank() == 3 && other.input().dim(0) == 1;
  }

  @Override
  Model with(Task other) {
    return new RowByRow(kind, units, other);
  }

  @Override
  Layer layers(Initializer initializer, Seed seed) {
    Layer cell =
        kind == Kind.LSTM
            ? new Lstm(cellName(), units, units, 1f, initializer, seed)
            : new Gru(cellName(), units, units, Gru.Reset.BEFORE_PRODUCT, initializer, seed);
    return new Sequential(
        new RowsAsSequence(),
        new TimeDistributed(new Linear("fc1", task().input().dim(2), units, initializer, seed)),
        cell,
        new LastTimeStep(),
        new Linear("fc2", units, task().classes(), initializer, seed));
  }
}
