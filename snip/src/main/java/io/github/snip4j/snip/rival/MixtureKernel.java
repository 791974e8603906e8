package io.github.snip4j.snip.rival;

import io.github.snip4j.core.internal.backend.ArithmeticKernels;
import io.github.snip4j.core.internal.backend.ElementKernels;
import io.github.snip4j.core.internal.backend.KernelChoice;
import io.github.snip4j.core.internal.backend.ReductionKernels;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import java.util.Arrays;

/**
 * -Σ log Σ<sub>j</sub> π<sub>j</sub> N(w<sub>i</sub> | μ<sub>j</sub>, 1/λ<sub>j</sub>), its
 * gradient by each w, and the sums that its gradients by μ, λ and π are made of, all in one pass
 * over w.
 *
 * <p>Implementation note: responsibilities r<sub>ij</sub> exist for one block of weights at a time,
 * and never leave the first cache. Sums of a block are those of the kernels, the blocks of a piece
 * of w and the pieces are added up in double in their order, so that the bits are the same for any
 * number of threads.
 */
final class MixtureKernel {
  private static final int BLOCK = 256; // weights: two arrays of 16 for each are 32 kB
  private static final int PIECE = 1 << 13; // weights that a thread takes at a time

  private final float[] mean;
  private final float[] precision;
  private final float[] peak;
  private final int components;
  private final ElementKernels elements = KernelChoice.chosen().elements();
  private final ArithmeticKernels arithmetic = KernelChoice.chosen().arithmetic();
  private final ReductionKernels reductions = KernelChoice.chosen().reductions();

  /**
   * @param mean μ
   * @param precision λ
   * @param peak log π + ½ log λ - ½ log 2π
   */
  MixtureKernel(float[] mean, float[] precision, float[] peak) {
    this.mean = mean;
    this.precision = precision;
    this.peak = peak;
    this.components = mean.length;
  }

  /** What all weights together say of the components j. */
  static final class Sums {
    /** -Σ<sub>i</sub> log p(w<sub>i</sub>). */
    final double loss;

    /** Σ<sub>i</sub> r<sub>ij</sub>. */
    final double[] count;

    /** Σ<sub>i</sub> r<sub>ij</sub> (w<sub>i</sub> - μ<sub>j</sub>). */
    final double[] distance;

    /** Σ<sub>i</sub> r<sub>ij</sub> (w<sub>i</sub> - μ<sub>j</sub>)². */
    final double[] square;

    private Sums(double[] all, int j) {
      this.count = Arrays.copyOf(all, j);
      this.distance = Arrays.copyOfRange(all, j, 2 * j);
      this.square = Arrays.copyOfRange(all, 2 * j, 3 * j);
      this.loss = all[3 * j];
    }
  }

  /**
   * One pass over some weights.
   *
   * @param w of any shape
   * @param factor of the gradient alone
   * @param dw of the same shape, overwritten by factor Σ<sub>j</sub> r<sub>ij</sub> λ<sub>j</sub>
   *     (w<sub>i</sub> - μ<sub>j</sub>)
   */
  Sums run(Tensor w, float factor, Tensor dw) {
    int pieces = (w.size() - 1) / PIECE + 1;
    double[][] sums = new double[pieces][];
    Parallel.forEach(
        pieces,
        p -> sums[p] = piece(p * PIECE, Math.min(w.size(), (p + 1) * PIECE), w, factor, dw));
    double[] all = new double[3 * components + 1];
    for (double[] sum : sums) {
      for (int k = 0; k < all.length; k++) {
        all[k] += sum[k];
      }
    }
    return new Sums(all, components);
  }

  private double[] piece(int begin, int end, Tensor weights, float factor, Tensor gradient) {
    Block block = new Block();
    double[] sums = new double[3 * components + 1];
    for (int from = begin; from < end; from += BLOCK) {
      int n = Math.min(BLOCK, end - from);
      block.likelihoods(n, weights.data(), weights.offset() + from);
      sums[3 * components] -= block.divide(n);
      block.moments(n, factor, gradient.data(), gradient.offset() + from, sums);
    }
    block.giveBack();
    return sums;
  }

  /** The scratch of one block. Kernels do not write where they read, so there are two lines. */
  private final class Block {
    private final float[] distance = Workspace.floats(components * BLOCK); // w - μ, by component
    private final float[] r = Workspace.floats(components * BLOCK);
    private final float[] most = Workspace.floats(BLOCK);
    private final float[] total = Workspace.floats(BLOCK);
    private final float[] line = Workspace.floats(BLOCK);
    private final float[] other = Workspace.floats(BLOCK);

    /** r = log (π N), and the most of them. */
    void likelihoods(int n, float[] w, int wAt) {
      Arrays.fill(most, 0, n, Float.NEGATIVE_INFINITY);
      for (int j = 0; j < components; j++) {
        int at = j * BLOCK;
        arithmetic.normalize(n, mean[j], 1f, 0f, w, wAt, distance, at);
        arithmetic.multiply(n, distance, at, distance, at, line, 0);
        arithmetic.normalize(n, 0f, -0.5f * precision[j], peak[j], line, 0, r, at);
        arithmetic.maxTo(n, r, at, most, 0);
      }
    }

    /** r = what was log r, over Σ r; returns Σ log Σ r, from the distances to the most. */
    double divide(int n) {
      Arrays.fill(total, 0, n, 0f);
      for (int j = 0; j < components; j++) {
        arithmetic.subtract(n, r, j * BLOCK, most, 0, line, 0);
        elements.exp(n, line, 0, r, j * BLOCK);
        arithmetic.addTo(n, 1f, r, j * BLOCK, total, 0);
      }
      elements.log(n, total, 0, line, 0);
      Arrays.fill(other, 0, n, 1f);
      double logs = reductions.sum(n, line, 0) + reductions.sum(n, most, 0);
      arithmetic.divide(n, other, 0, total, 0, line, 0);
      System.arraycopy(line, 0, total, 0, n);
      return logs;
    }

    /** The sums over the block, and the gradient by its weights. */
    void moments(int n, float factor, float[] dw, int dwAt, double[] sums) {
      Arrays.fill(dw, dwAt, dwAt + n, 0f);
      for (int j = 0; j < components; j++) {
        int at = j * BLOCK;
        arithmetic.multiply(n, r, at, total, 0, line, 0);
        arithmetic.multiply(n, line, 0, distance, at, other, 0);
        arithmetic.addTo(n, factor * precision[j], other, 0, dw, dwAt);
        sums[j] += reductions.sum(n, line, 0);
        sums[components + j] += reductions.sum(n, other, 0);
        sums[2 * components + j] += reductions.dot(n, 0f, other, 0, distance, at);
      }
    }

    void giveBack() {
      Workspace.giveBack(distance);
      Workspace.giveBack(r);
      Workspace.giveBack(most);
      Workspace.giveBack(total);
      Workspace.giveBack(line);
      Workspace.giveBack(other);
    }
  }
}
