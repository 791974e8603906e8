package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent cell over a sequence, forward and, by back-propagation through time, back. What it
 * remembers for the gradients is in the workspace: it lives as long as the step.
 */
public final class UnrolledRnn {
  /** Gradients by the weights that are computed apart, then added up. */
  private static final int PARTS = 8;

  private final SequenceShape sizes;
  private final GateMatrix matrix;
  private final List<RecurrentCell> slices = new ArrayList<>();
  private final Tensor outputs;

  private UnrolledRnn(SequenceShape sizes, GateMatrix matrix, RecurrentCell.Maker maker) {
    this.sizes = sizes;
    this.matrix = matrix;
    for (int slice = 0; slice < sizes.slices(); slice++) {
      slices.add(maker.on(new SavedActivations(sizes, slice), matrix));
    }
    outputs = Tensor.uninitialized(sizes.outputs());
  }

  /** Computes the outputs, and keeps what the gradients need. */
  static UnrolledRnn of(
      SequenceShape sizes, GateMatrix matrix, RecurrentCell.Maker maker, Tensor x) {
    UnrolledRnn unrolled = new UnrolledRnn(sizes, matrix, maker);
    Parallel.forEach(sizes.slices(), slice -> unrolled.forward(unrolled.slices.get(slice), x));
    return unrolled;
  }

  private void forward(RecurrentCell cell, Tensor x) {
    cell.tape.begin(x);
    cell.begin();
    for (int t = 0; t < sizes.steps(); t++) {
      cell.forward(t);
      cell.tape.put(t, outputs);
    }
  }

  /** The outputs h<sub>1</sub> .. h<sub>T</sub>, {@code [T, H, N]}. */
  public Tensor outputs() {
    return outputs;
  }

  /**
   * The gradients.
   *
   * @param dy the upstream gradient, {@code [T, H, N]}, not modified
   * @param byInput whether that by x is asked for
   */
  public SequenceGradients gradients(Tensor dy, boolean byInput) {
    matrix.beginBack();
    Tensor dx = byInput ? Tensor.uninitialized(sizes.inputs()) : null;
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
            passes.get(part).run(slices.get(slice), dy, dx);
          }
        });
    Tensor db = biases(passes);
    return new SequenceGradients(dx, weights(passes), db);
  }

  private static Tensor weights(List<BackpropThroughTime> passes) {
    ArithmeticKernels kernels = KernelChoice.chosen().arithmetic();
    Tensor dw = passes.get(0).finish();
    for (BackpropThroughTime pass : passes.subList(1, passes.size())) {
      Tensor more = pass.finish();
      kernels.addTo(dw.size(), 1f, more.data(), more.offset(), dw.data(), dw.offset());
      Workspace.giveBack(more.data());
    }
    return dw;
  }

  private Tensor biases(List<BackpropThroughTime> passes) {
    ReductionKernels kernels = KernelChoice.chosen().reductions();
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
