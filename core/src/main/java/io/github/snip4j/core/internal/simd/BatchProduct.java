package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;
import static io.github.snip4j.core.internal.simd.Lanes.LANES;
import static io.github.snip4j.core.internal.simd.Lanes.SPECIES;

import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import jdk.incubator.vector.FloatVector;

/**
 * A product whose right matrix has a few hundred columns, as activations have, with the batch as
 * their last axis.
 *
 * <p>The right matrix is packed in strips as wide as a tile, so that the part of a strip that is
 * read again and again fills L1, and none of its lines evict each other. Threads share out strips,
 * and rows of the left matrix where there are few strips; each packs what it reads. The left one,
 * the weights, is read where it lies: each of them meets so few columns that packing would cost a
 * third of the product. Packing absorbs the right matrix's transpose, and fills up with zeros.
 */
final class BatchProduct {
  /** Columns of B, at most; with more of them {@link PackedProduct} packs both matrices. */
  private static final int WIDEST = 512;

  private static final int DEPTH = PackedProduct.DEPTH;

  /** Rows of A at a time: 64 KiB, which stay in L2 from one strip to the next. */
  private static final int HEIGHT = 64;

  private static final int PIECES = 8;
  private static final int LEAST_HEIGHT = 4 * MR;

  private static final int[] OFFSETS = PackedProduct.multiples(MicroKernel8x2.COLUMNS, DEPTH);

  private final ThreadLocal<float[]> packedB = ThreadLocal.withInitial(() -> new float[0]);
  private final ThreadLocal<float[]> lastRows =
      ThreadLocal.withInitial(() -> new float[CacheLine.BEGIN + MR * DEPTH]);
  private final ThreadLocal<float[]> edge =
      ThreadLocal.withInitial(() -> new float[MR * MicroKernel8x2.COLUMNS]);

  static boolean suits(int n) {
    return n >= LANES && n <= WIDEST;
  }

  void multiply(
      Operand left,
      Operand right,
      int m,
      int n,
      int k,
      float[] c,
      int cOffset,
      boolean accumulate) {
    int strips = (n - 1) / MicroKernel8x2.COLUMNS + 1;
    // one thread reads fewer weights again if it has all strips; no sum depends on the pieces
    boolean share = SimdGemm.worthSharing(m, n, k) && Parallel.threads() > 1;
    int stripsPerPiece = share ? (strips - 1) / PIECES + 1 : strips;
    int columnPieces = (strips - 1) / stripsPerPiece + 1;
    int height = share ? height(m, (PIECES - 1) / strips + 1) : m;
    int rowPieces = (m - 1) / height + 1;
    Parallel.forEach(
        columnPieces * rowPieces,
        piece -> {
          int row = piece / columnPieces * height;
          int end = Math.min(m, row + height);
          int column = piece % columnPieces * stripsPerPiece * MicroKernel8x2.COLUMNS;
          int columns = Math.min(n - column, stripsPerPiece * MicroKernel8x2.COLUMNS);
          float[] b = packedB(stripsPerPiece * MicroKernel8x2.COLUMNS * Math.min(k, DEPTH));
          for (int p = 0; p < k; p += DEPTH) {
            int terms = Math.min(DEPTH, k - p);
            pack(right, p, terms, column, columns, b);
            boolean add = accumulate || p > 0;
            int c0 = cOffset + column;
            for (int r = row; r < end; r += HEIGHT) {
              int to = Math.min(end, r + HEIGHT);
              multiplyRows(left, r, to, p, terms, b, columns, c, c0, n, add);
            }
          }
        });
  }

  /** Rows per piece, for about so many pieces, but no fewer than are worth packing B for. */
  private static int height(int m, int pieces) {
    int tiles = (m - 1) / MR + 1;
    return Math.max(LEAST_HEIGHT, ((tiles - 1) / pieces + 1) * MR);
  }

  /** Packs columns of some rows of B, strip by strip. */
  private static void pack(Operand right, int p, int terms, int column, int columns, float[] b) {
    for (int q = 0; q < columns; q += MicroKernel8x2.COLUMNS) {
      int width = Math.min(MicroKernel8x2.COLUMNS, columns - q);
      int from = right.position(p, column + q);
      int to = CacheLine.BEGIN + q * terms;
      if (right.columnStep == 1 && width == MicroKernel8x2.COLUMNS) {
        copyStrip(right.data, from, right.rowStep, terms, b, to);
      } else {
        PanelPacking.panel(
            right.data,
            from,
            right.rowStep,
            right.columnStep,
            terms,
            width,
            MicroKernel8x2.COLUMNS,
            b,
            to);
      }
    }
  }

  private static void copyStrip(float[] from, int at, int step, int terms, float[] to, int toAt) {
    for (int p = 0; p < terms; p++) {
      FloatVector v = FloatVector.fromArray(SPECIES, from, at);
      FloatVector w = FloatVector.fromArray(SPECIES, from, at + LANES);
      v.intoArray(to, toAt);
      w.intoArray(to, toAt + LANES);
      at += step;
      toAt += MicroKernel8x2.COLUMNS;
    }
  }

  /** Rows of C gain {@code terms} terms, one strip of B after another. */
  private void multiplyRows(
      Operand left,
      int row,
      int end,
      int p,
      int terms,
      float[] b,
      int columns,
      float[] c,
      int cOffset,
      int n,
      boolean add) {
    int whole = end - (end - row) % MR;
    if (whole < end) {
      left.pack(whole, end - whole, p, terms, lastRows.get(), CacheLine.BEGIN);
    }
    float[] scratch = edge.get();
    for (int q = 0; q < columns; q += MicroKernel8x2.COLUMNS) {
      int strip = CacheLine.BEGIN + q * terms;
      int width = Math.min(MicroKernel8x2.COLUMNS, columns - q);
      boolean wide = width > MicroKernel8x1.COLUMNS;
      for (int r = row; r < whole; r += MR) {
        int tile = cOffset + r * n + q;
        if (width == MicroKernel8x2.COLUMNS) {
          multiplyTile(left, left.position(r, p), terms, b, strip, c, tile, n, add);
        } else {
          toScratch(left, left.position(r, p), terms, b, strip, scratch, wide);
          unload(scratch, wide, MR, width, c, tile, n, add);
        }
      }
      if (whole < end) {
        float[] rows = lastRows.get();
        SimdIndirectGemm.toScratch(
            rows, CacheLine.BEGIN, OFFSETS, 0, terms, b, strip, scratch, wide);
        unload(scratch, wide, end - whole, width, c, cOffset + whole * n + q, n, add);
      }
    }
  }

  private static void multiplyTile(
      Operand a, int aAt, int terms, float[] b, int bAt, float[] c, int cAt, int n, boolean add) {
    float[] start = add ? c : MicroKernel8x2.ZEROS;
    int startAt = add ? cAt : 0;
    int step = add ? n : 0;
    if (a.rowStep == 1) {
      TransposedMicroKernel8x2.multiply(
          a.data, aAt, a.columnStep, OFFSETS, 0, terms, b, bAt, start, startAt, step, c, cAt, n);
    } else {
      StridedMicroKernel8x2.multiply(
          a.data, aAt, a.rowStep, 1, OFFSETS, 0, terms, b, bAt, start, startAt, step, c, cAt, n);
    }
  }

  private static void toScratch(
      Operand a, int aAt, int terms, float[] b, int bAt, float[] scratch, boolean wide) {
    float[] zeros = MicroKernel8x2.ZEROS;
    int row = a.rowStep;
    int term = a.columnStep;
    int step = wide ? MicroKernel8x2.COLUMNS : MicroKernel8x1.COLUMNS;
    if (wide) {
      StridedMicroKernel8x2.multiply(
          a.data, aAt, row, term, OFFSETS, 0, terms, b, bAt, zeros, 0, 0, scratch, 0, step);
    } else {
      StridedMicroKernel8x1.multiply(
          a.data, aAt, row, term, OFFSETS, 0, terms, b, bAt, zeros, 0, 0, scratch, 0, step);
    }
  }

  private static void unload(
      float[] scratch,
      boolean wide,
      int rows,
      int columns,
      float[] c,
      int cAt,
      int n,
      boolean add) {
    int step = wide ? MicroKernel8x2.COLUMNS : MicroKernel8x1.COLUMNS;
    for (int r = 0; r < rows; r++) {
      for (int q = 0; q < columns; q++) {
        float sum = scratch[r * step + q];
        c[cAt + r * n + q] = add ? c[cAt + r * n + q] + sum : sum;
      }
    }
  }

  private float[] packedB(int elements) {
    int size = CacheLine.BEGIN + elements;
    float[] pack = packedB.get();
    if (pack.length < size) {
      pack = new float[size];
      packedB.set(pack);
    }
    return pack;
  }
}
