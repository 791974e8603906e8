package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.sparse.PaddedPattern;

/**
 * The {@link GateMatrix} of a {@link PaddedPattern}: products of what may differ from 0, and the
 * gradient with respect to all elements.
 */
record PaddedGates(SequenceShape sizes, GateMatrix sparse) implements GateMatrix {
  @Override
  public void multiply(InputOrState columns, int gate, SavedActivations tape, int t) {
    sparse.multiply(columns, gate, tape, t);
  }

  @Override
  public void beginBack() {
    sparse.beginBack();
  }

  @Override
  public void pullBack(
      InputOrState columns, int fromGate, int toGate, float[] dSums, int at, float[] dx, int dxAt) {
    sparse.pullBack(columns, fromGate, toGate, dSums, at, dx, dxAt);
  }

  @Override
  public int stepsAtATime() {
    return DenseGates.stepsAtATime(sizes);
  }

  @Override
  public WeightGradient gradient() {
    return new DenseGatesGradient(sizes, stepsAtATime());
  }
}
