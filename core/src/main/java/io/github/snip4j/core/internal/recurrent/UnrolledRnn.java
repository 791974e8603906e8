package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent cell over a sequence, forward and, by back-propagation through time, back. What it
 * remembers for the gradients is in the workspace: it lives as long as the step.
 */
public final class UnrolledRnn {
  /** Gradients with respect to the weights that are computed apart, then added up. */
  private static final int PARTS = 8;

  private final SequenceShape sizes;
  private final GateMatrix matrix;
  private final List<RecurrentCell> slices = new ArrayList<>();
  private final @Nullable InitialState initial;
  private final Tensor outputs;

  private UnrolledRnn(
      SequenceShape sizes,
      GateMatrix matrix,
      RecurrentCell.Maker maker,
      @Nullable InitialState initial) {
    this.sizes = sizes;
    this.matrix = matrix;
    this.initial = initial;
    for (int slice = 0; slice < sizes.slices(); slice++) {
      slices.add(maker.on(new SavedActivations(sizes, slice), matrix));
    }
    int more = initial != null && initial.cells() != null ? 1 : 0;
    outputs = Tensor.uninitialized(Shape.of(sizes.steps() + more, sizes.units(), sizes.batch()));
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param initial null for zeros
   */
  static UnrolledRnn of(
      SequenceShape sizes,
      GateMatrix matrix,
      RecurrentCell.Maker maker,
      Tensor x,
      @Nullable InitialState initial) {
    if (initial != null) {
      initial.check(sizes);
    }
    UnrolledRnn unrolled = new UnrolledRnn(sizes, matrix, maker, initial);
    Parallel.forEach(sizes.slices(), slice -> unrolled.forward(unrolled.slices.get(slice), x));
    return unrolled;
  }

  private void forward(RecurrentCell cell, Tensor x) {
    Tensor cells = initial == null ? null : initial.cells();
    cell.tape.begin(x, initial == null ? null : initial.h());
    if (cells == null) {
      cell.begin();
    } else {
      cell.beginWith(cells);
    }
    for (int t = 0; t < sizes.steps(); t++) {
      cell.forward(t);
      cell.tape.put(t, outputs);
    }
    if (cells != null) {
      cell.putCells(outputs);
    }
  }

  /**
   * The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}; of a cell with an initial
   * c<sub>0</sub> also c<sub>T</sub>, {@code [T + 1, H, N]}.
   */
  public Tensor outputs() {
    return outputs;
  }

  /**
   * The gradients.
   *
   * @param dy the upstream gradient, of the outputs' shape, not modified
   * @param byInput whether that by x is asked for
   */
  public SequenceGradients gradients(Tensor dy, boolean byInput) {
    matrix.beginBack();
    Tensor dx = byInput ? Tensor.uninitialized(sizes.inputs()) : null;
    Tensor dh0 = initial == null ? null : Tensor.uninitialized(initial.h().shape());
    Tensor c0 = initial == null ? null : initial.cells();
    Tensor dc0 = c0 == null ? null : Tensor.uninitialized(c0.shape());
    int parts = Math.max(1, Math.min(PARTS, slices.size())); // of no examples: zeros
    List<BackpropThroughTime> passes = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      passes.add(new BackpropThroughTime(sizes, matrix));
    }
    Parallel.forEach(
        parts,
        part -> {
          int end = slices.size() * (part + 1) / parts;
          for (int slice = slices.size() * part / parts; slice < end; slice++) {
            passes.get(part).run(slices.get(slice), dy, dx, dh0, dc0);
          }
        });
    Tensor db = biases(passes);
    return new SequenceGradients(dx, weights(passes), db, dh0, dc0);
  }

  private Tensor weights(List<BackpropThroughTime> passes) {
    ArithmeticKernels kernels = sizes.kernels().arithmetic();
    Tensor dw = passes.get(0).finish();
    for (BackpropThroughTime pass : passes.subList(1, passes.size())) {
      Tensor more = pass.finish();
      kernels.addTo(dw.size(), 1f, more.data(), more.offset(), dw.data(), dw.offset());
      Workspace.giveBack(more.data());
    }
    return dw;
  }

  private Tensor biases(List<BackpropThroughTime> passes) {
    ReductionKernels kernels = sizes.kernels().reductions();
    Tensor db = Tensor.uninitialized(Shape.of(sizes.wiring().sums() * sizes.units()));
    for (int row = 0; row < db.size(); row++) {
      double sum = 0;
      for (BackpropThroughTime pass : passes) {
        sum += pass.bias(kernels, row);
      }
      db.put(row, (float) sum);
    }
    return db;
  }
}
