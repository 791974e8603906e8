package io.github.snip4j.core.simd;

import io.github.snip4j.core.backend.TapKernels;
import io.github.snip4j.core.parallel.Parallel;
import java.util.function.IntConsumer;

/**
 * A product of two large matrices, blocked for the caches after Goto and van de Geijn [1].
 *
 * <p>B is packed, {@link #DEPTH} rows by {@link #WIDTH} columns at a time, into strips as wide as a
 * tile. Then blocks of rows of A, packed alike, sweep over it; each pair of strips is one {@link
 * TapTile}. Packing absorbs the transposes, and fills up with zeros what the tiles are larger than
 * the matrix.
 *
 * <p>[1] <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34(3), 2008.
 */
final class PackedProduct {
  /** Rows of B per packed block: a strip of it, 32 KiB with 16 lanes, stays in L1. */
  static final int DEPTH = 256;

  /** Columns of B per packed block: 1 MiB, in L2 or near it. */
  private static final int WIDTH = 1024;

  /** Rows of A per block at most: 64 KiB, in L2 beside it. */
  private static final int HEIGHT = 64;

  private static final int PIECES = 8;
  private static final int[] OFFSETS = multiples(TapTile.COLUMNS, DEPTH);

  private final ThreadLocal<float[]> packedB = ThreadLocal.withInitial(() -> new float[0]);
  private final ThreadLocal<float[]> packedA =
      ThreadLocal.withInitial(() -> new float[HEIGHT * DEPTH]);
  private final ThreadLocal<float[]> edge =
      ThreadLocal.withInitial(() -> new float[TapKernels.STRIP * TapTile.COLUMNS]);

  /** 0, step, 2 step, ... */
  static int[] multiples(int step, int count) {
    int[] multiples = new int[count];
    for (int i = 0; i < count; i++) {
      multiples[i] = i * step;
    }
    return multiples;
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
    for (int j = 0; j < n; j += WIDTH) {
      int width = Math.min(WIDTH, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        boolean add = accumulate || p > 0;
        multiplyBlock(left, right, c, cOffset + j, m, n, j, width, p, depth, add);
      }
    }
  }

  private void multiplyBlock(
      Operand left,
      Operand right,
      float[] c,
      int cAt,
      int m,
      int n,
      int j,
      int width,
      int p,
      int depth,
      boolean add) {
    boolean share = SimdGemm.worthSharing(m, width, depth);
    int strips = (width - 1) / TapTile.COLUMNS + 1;
    float[] bPack = packedB(strips * TapTile.COLUMNS * depth);
    forEach(
        share,
        strips,
        s -> {
          int column = s * TapTile.COLUMNS;
          Packing.strip(
              right.data,
              right.position(p, j + column),
              right.rowStep,
              right.columnStep,
              depth,
              Math.min(TapTile.COLUMNS, width - column),
              TapTile.COLUMNS,
              bPack,
              column * depth);
        });

    int height = rowsPerPiece(m);
    int rowPieces = (m - 1) / height + 1;
    int stripsPerPiece = (strips - 1) / Math.max(1, PIECES / rowPieces) + 1;
    int columnPieces = (strips - 1) / stripsPerPiece + 1;
    forEach(
        share,
        rowPieces * columnPieces,
        piece -> {
          int row = piece / columnPieces * height;
          int rows = Math.min(height, m - row);
          int strip = piece % columnPieces * stripsPerPiece;
          int endStrip = Math.min(strips, strip + stripsPerPiece);
          float[] aPack = packedA.get();
          Packing.strips(left, row, rows, p, depth, aPack);
          for (int s = strip; s < endStrip; s++) {
            int column = s * TapTile.COLUMNS;
            int columns = Math.min(TapTile.COLUMNS, width - column);
            for (int r = 0; r < rows; r += TapKernels.STRIP) {
              int cTile = cAt + (row + r) * n + column;
              int tileRows = Math.min(TapKernels.STRIP, rows - r);
              multiplyTile(
                  depth,
                  aPack,
                  r * depth,
                  bPack,
                  column * depth,
                  c,
                  cTile,
                  n,
                  tileRows,
                  columns,
                  add);
            }
          }
        });
  }

  /** At most {@link #HEIGHT}, and few enough that there are about {@link #PIECES} to share out. */
  private static int rowsPerPiece(int m) {
    int tiles = (m - 1) / TapKernels.STRIP + 1;
    int tilesPerPiece = (tiles - 1) / PIECES + 1;
    return Math.min(HEIGHT / TapKernels.STRIP, tilesPerPiece) * TapKernels.STRIP;
  }

  private void multiplyTile(
      int depth,
      float[] a,
      int aAt,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int stride,
      int rows,
      int columns,
      boolean add) {
    if (rows == TapKernels.STRIP && columns == TapTile.COLUMNS) {
      float[] start = add ? c : TapTile.ZEROS;
      int startAt = add ? cAt : 0;
      int startStep = add ? stride : 0;
      TapTile.multiply(
          a, aAt, OFFSETS, 0, depth, b, bAt, start, startAt, startStep, c, cAt, stride);
      return;
    }
    float[] scratch = edge.get();
    boolean wide = columns > TapTileNarrow.COLUMNS;
    SimdTaps.toScratch(a, aAt, OFFSETS, 0, depth, b, bAt, scratch, wide);
    int step = wide ? TapTile.COLUMNS : TapTileNarrow.COLUMNS;
    for (int r = 0; r < rows; r++) {
      int to = cAt + r * stride;
      int from = r * step;
      for (int q = 0; q < columns; q++) {
        c[to + q] = add ? c[to + q] + scratch[from + q] : scratch[from + q];
      }
    }
  }

  private float[] packedB(int size) {
    float[] pack = packedB.get();
    if (pack.length < size) {
      pack = new float[size];
      packedB.set(pack);
    }
    return pack;
  }

  private static void forEach(boolean share, int pieces, IntConsumer body) {
    if (share) {
      Parallel.forEach(pieces, body);
    } else {
      for (int piece = 0; piece < pieces; piece++) {
        body.accept(piece);
      }
    }
  }
}
