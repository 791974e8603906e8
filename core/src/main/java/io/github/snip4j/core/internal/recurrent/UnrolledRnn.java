package io.github.snip4j.core.internal.recurrent;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent cell over a sequence, forward and, by back-propagation through time, back. What it
 * remembers for the gradients is in the workspace: it lives as long as the step.
 */
public final class UnrolledRnn {
  /** Gradients with respect to the weights that are computed apart, then added up. */
  private static final int PARTS = 8;

  private final SequenceShape sizes;
  private final List<SameWidth> widths = new ArrayList<>();
  private final List<RecurrentCell> slices = new ArrayList<>();
  private final @Nullable InitialState initial;
  private final Tensor outputs;

  /** Slices of one width, and the matrix as they see it. */
  private record SameWidth(SequenceShape sizes, GateMatrix matrix, List<RecurrentCell> slices) {}

  /** Slices that are gone back through one after another. */
  private record Part(BackpropThroughTime pass, List<RecurrentCell> slices) {}

  private UnrolledRnn(
      SequenceShape sizes,
      Function<SequenceShape, GateMatrix> matrices,
      RecurrentCell.Maker maker,
      @Nullable InitialState initial) {
    this.sizes = sizes;
    this.initial = initial;
    for (SequenceShape width : sizes.widths()) {
      GateMatrix matrix = matrices.apply(width);
      List<RecurrentCell> cells = new ArrayList<>();
      for (int slice = 0; slice < width.slices(); slice++) {
        cells.add(maker.on(new SavedActivations(width, slice), matrix));
      }
      widths.add(new SameWidth(width, matrix, cells));
      slices.addAll(cells);
    }
    int more = initial != null && initial.cells() != null ? 1 : 0;
    outputs = Tensor.uninitialized(Shape.of(sizes.steps() + more, sizes.units(), sizes.batch()));
  }

  /**
   * Computes the outputs, and keeps what the gradients need.
   *
   * @param matrices the matrix, for slices of a width
   * @param initial null for zeros
   */
  static UnrolledRnn of(
      SequenceShape sizes,
      Function<SequenceShape, GateMatrix> matrices,
      RecurrentCell.Maker maker,
      Tensor x,
      @Nullable InitialState initial) {
    if (initial != null) {
      initial.check(sizes);
    }
    UnrolledRnn unrolled = new UnrolledRnn(sizes, matrices, maker, initial);
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
    Tensor dx = byInput ? Tensor.uninitialized(sizes.inputs()) : null;
    Tensor dh0 = initial == null ? null : Tensor.uninitialized(initial.h().shape());
    Tensor c0 = initial == null ? null : initial.cells();
    Tensor dc0 = c0 == null ? null : Tensor.uninitialized(c0.shape());
    List<Part> parts = parts();
    Parallel.forEach(
        parts.size(),
        p -> {
          for (RecurrentCell slice : parts.get(p).slices()) {
            parts.get(p).pass().run(slice, dy, dx, dh0, dc0);
          }
        });
    Tensor db = biases(parts);
    return new SequenceGradients(dx, weights(parts), db, dh0, dc0);
  }

  /** As many for any number of threads; at least one, which of no examples gives zeros. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (SameWidth width : widths) {
      width.matrix().beginBack();
      List<RecurrentCell> cells = width.slices();
      int count = Math.max(1, Math.min(PARTS, cells.size()));
      for (int p = 0; p < count; p++) {
        List<RecurrentCell> some =
            cells.subList(cells.size() * p / count, cells.size() * (p + 1) / count);
        parts.add(new Part(new BackpropThroughTime(width.sizes(), width.matrix()), some));
      }
    }
    return parts;
  }

  private Tensor weights(List<Part> parts) {
    ArithmeticKernels kernels = sizes.kernels().arithmetic();
    Tensor dw = parts.get(0).pass().finish();
    for (Part part : parts.subList(1, parts.size())) {
      Tensor more = part.pass().finish();
      kernels.addTo(dw.size(), 1f, more.data(), more.offset(), dw.data(), dw.offset());
      Workspace.giveBack(more.data());
    }
    return dw;
  }

  private Tensor biases(List<Part> parts) {
    ReductionKernels kernels = sizes.kernels().reductions();
    Tensor db = Tensor.uninitialized(Shape.of(sizes.wiring().sums() * sizes.units()));
    for (int row = 0; row < db.size(); row++) {
      double sum = 0;
      for (Part part : parts) {
        sum += part.pass().bias(kernels, row);
      }
      db.put(row, (float) sum);
    }
    return db;
  }
}
