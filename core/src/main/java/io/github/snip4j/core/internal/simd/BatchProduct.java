package io.github.snip4j.core.internal.simd;

import static io.github.snip4j.core.internal.backend.IndirectGemmKernels.MR;
import static io.github.snip4j.core.internal.simd.Lanes.FLOATS;
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

  /** How many columns the last strip may have more, where there are registers for their sums. */
  private static final int SPARE = LANES == 16 ? LANES : 0;

  /** Rows of A at a time: 64 KiB, which stay in L2 from one strip to the next. */
  private static final int HEIGHT = 64;

  private static final int PIECES = 8;
  private static final int LEAST_HEIGHT = 4 * MR;

  private final ThreadLocal<float[]> packedB = ThreadLocal.withInitial(() -> new float[0]);
  private final ThreadLocal<float[]> edge = ThreadLocal.withInitial(EdgeTiles::tile);

  static boolean suits(int m, int n) {
    return m >= MR && n >= LANES && n <= WIDEST;
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
    int strips = strips(n);
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
          boolean last = piece % columnPieces == columnPieces - 1;
          int columns = last ? n - column : stripsPerPiece * MicroKernel8x2.COLUMNS;
          float[] b = packedB((columns + LANES) * Math.min(k, DEPTH));
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

  /** How many strips there are for some columns. */
  private static int strips(int columns) {
    return (columns - SPARE - 1) / MicroKernel8x2.COLUMNS + 1;
  }

  /** How wide a strip is with its padding: whole vectors. */
  private static int stride(int width) {
    return (width - 1) / LANES * LANES + LANES;
  }

  /** Packs columns of some rows of B, strip by strip. */
  private static void pack(Operand right, int p, int terms, int column, int columns, float[] b) {
    int strips = strips(columns);
    for (int s = 0; s < strips; s++) {
      int q = s * MicroKernel8x2.COLUMNS;
      int width = s < strips - 1 ? MicroKernel8x2.COLUMNS : columns - q;
      int from = right.position(p, column + q);
      int to = CacheLine.BEGIN + q * terms;
      if (right.columnStep == 1 && width == MicroKernel8x2.COLUMNS) {
        copyStrip(right.data, from, right.rowStep, terms, b, to);
      } else {
        PanelPacking.panel(
            right.data, from, right.rowStep, right.columnStep, terms, width, stride(width), b, to);
      }
    }
  }

  private static void copyStrip(float[] from, int at, int step, int terms, float[] to, int toAt) {
    for (int p = 0; p < terms; p++) {
      FloatVector v = FloatVector.fromArray(SPECIES, from, at);
      FloatVector w = FloatVector.fromArray(SPECIES, from, at + LANES);
      FLOATS.cast(v).intoArray(to, toAt);
      FLOATS.cast(w).intoArray(to, toAt + LANES);
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
    int strips = strips(columns);
    for (int s = 0; s < strips; s++) {
      int q = s * MicroKernel8x2.COLUMNS;
      int strip = CacheLine.BEGIN + q * terms;
      int width = s < strips - 1 ? MicroKernel8x2.COLUMNS : columns - q;
      int stride = stride(width);
      int whole = width == stride ? end - (end - row) % MR : row;
      for (int r = row; r < whole; r += MR) {
        int tile = cOffset + r * n + q;
        float[] start = add ? c : MicroKernel8x2.ZEROS;
        multiplyTile(
            left, r, p, terms, b, strip, stride, start, add ? tile : 0, add ? n : 0, c, tile, n);
      }
      float[] scratch = edge.get();
      float[] zeros = MicroKernel8x2.ZEROS;
      for (int r = whole; r < end; r += MR) {
        // the last rows are computed together with those before them
        int first = Math.min(r, end - MR);
        multiplyTile(left, first, p, terms, b, strip, stride, zeros, 0, 0, scratch, 0, stride);
        int from = r - first;
        int at = cOffset + r * n + q;
        EdgeTiles.unload(scratch, from * stride, stride, MR - from, width, c, at, n, add);
      }
    }
  }

  /** A tile of one to three vectors, by weights that lie in rows or in columns. */
  private static void multiplyTile(
      Operand a,
      int row,
      int p,
      int terms,
      float[] b,
      int bAt,
      int columns,
      float[] start,
      int startAt,
      int startStep,
      float[] c,
      int cAt,
      int cStep) {
    int aAt = a.position(row, p);
    boolean two = columns == MicroKernel8x2.COLUMNS;
    if (columns == MicroKernel8x1.COLUMNS) {
      StridedMicroKernel8x1.multiply(
          a.data,
          aAt,
          a.rowStep,
          a.columnStep,
          terms,
          b,
          bAt,
          start,
          startAt,
          startStep,
          c,
          cAt,
          cStep);
    } else if (a.rowStep == 1 && two) {
      TransposedMicroKernel8x2.multiply(
          a.data, aAt, a.columnStep, terms, b, bAt, start, startAt, startStep, c, cAt, cStep);
    } else if (a.rowStep == 1) {
      TransposedMicroKernel8x3.multiply(
          a.data, aAt, a.columnStep, terms, b, bAt, start, startAt, startStep, c, cAt, cStep);
    } else if (two) {
      StridedMicroKernel8x2.multiply(
          a.data, aAt, a.rowStep, terms, b, bAt, start, startAt, startStep, c, cAt, cStep);
    } else {
      StridedMicroKernel8x3.multiply(
          a.data, aAt, a.rowStep, terms, b, bAt, start, startAt, startStep, c, cAt, cStep);
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
