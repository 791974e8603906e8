package io.github.snip4j.core.internal.simd;

import io.github.snip4j.core.internal.backend.IndirectGemmKernels;
import io.github.snip4j.core.internal.backend.PanelPacking;
import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.tensor.CacheLine;
import java.util.function.IntConsumer;

/**
 * A product of two large matrices, blocked for the caches after Goto and van de Geijn [1].
 *
 * <p>B is packed, {@link #BLOCK} rows by {@link #WIDTH} columns at a time, {@link #DEPTH} rows of
 * it in strips as wide as a tile. Then rows of A, packed alike, sweep over it; each pair of strips
 * is one {@link MicroKernel8x2}. A tile of C gains from all strips before the next is begun: it
 * stays in L1, where waiting for it costs little. Packing absorbs the transposes, and fills up with
 * zeros what the tiles are larger than the matrix.
 *
 * <p>[1] <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34(3), 2008.
 */
final class PackedProduct {
  /** Rows of B per packed block: a strip of it, 32 KiB with 16 lanes, stays in L1. */
  static final int DEPTH = 256;

  /** Rows of B per packed block. */
  private static final int BLOCK = 4 * DEPTH;

  /** Columns of B per packed block: 4 MiB, in L3. */
  private static final int WIDTH = 1024;

  /** Rows of A per piece at most: 256 KiB, in L2. */
  private static final int HEIGHT = 64;

  private static final int PIECES = 8;
  private static final int[] OFFSETS = multiples(MicroKernel8x2.COLUMNS, DEPTH);

  private final ThreadLocal<float[]> packedB = ThreadLocal.withInitial(() -> new float[0]);
  private final ThreadLocal<float[]> packedA =
      ThreadLocal.withInitial(() -> new float[CacheLine.BEGIN + HEIGHT * BLOCK]);
  private final ThreadLocal<float[]> edge = ThreadLocal.withInitial(EdgeTiles::tile);

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
      for (int p = 0; p < k; p += BLOCK) {
        int depth = Math.min(BLOCK, k - p);
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
    int strips = (width - 1) / MicroKernel8x2.COLUMNS + 1;
    int padded = strips * MicroKernel8x2.COLUMNS;
    float[] bPack = packedB(CacheLine.BEGIN + padded * depth);
    int chunks = (depth - 1) / DEPTH + 1;
    forEach(
        share,
        strips * chunks,
        piece -> {
          int q = piece / strips * DEPTH;
          int column = piece % strips * MicroKernel8x2.COLUMNS;
          int terms = Math.min(DEPTH, depth - q);
          PanelPacking.panel(
              right.data,
              right.position(p + q, j + column),
              right.rowStep,
              right.columnStep,
              terms,
              Math.min(MicroKernel8x2.COLUMNS, width - column),
              MicroKernel8x2.COLUMNS,
              bPack,
              CacheLine.BEGIN + q * padded + column * terms);
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
          for (int q = 0; q < depth; q += DEPTH) {
            int terms = Math.min(DEPTH, depth - q);
            left.pack(row, rows, p + q, terms, aPack, CacheLine.BEGIN + q * height);
          }
          for (int s = strip; s < endStrip; s++) {
            int column = s * MicroKernel8x2.COLUMNS;
            int columns = Math.min(MicroKernel8x2.COLUMNS, width - column);
            for (int q = 0; q < depth; q += DEPTH) {
              int terms = Math.min(DEPTH, depth - q);
              int a = CacheLine.BEGIN + q * height;
              int b = CacheLine.BEGIN + q * padded + column * terms;
              boolean more = add || q > 0;
              for (int r = 0; r < rows; r += IndirectGemmKernels.MR) {
                int tile = cAt + (row + r) * n + column;
                int tileRows = Math.min(IndirectGemmKernels.MR, rows - r);
                multiplyTile(
                    terms, aPack, a + r * terms, bPack, b, c, tile, n, tileRows, columns, more);
              }
            }
          }
        });
  }

  /** At most {@link #HEIGHT}, and few enough that there are about {@link #PIECES} to share out. */
  private static int rowsPerPiece(int m) {
    int tiles = (m - 1) / IndirectGemmKernels.MR + 1;
    int tilesPerPiece = (tiles - 1) / PIECES + 1;
    return Math.min(HEIGHT / IndirectGemmKernels.MR, tilesPerPiece) * IndirectGemmKernels.MR;
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
    if (rows == IndirectGemmKernels.MR && columns == MicroKernel8x2.COLUMNS) {
      float[] start = add ? c : MicroKernel8x2.ZEROS;
      int startAt = add ? cAt : 0;
      int startStep = add ? stride : 0;
      MicroKernel8x2.multiply(
          a, aAt, OFFSETS, 0, depth, b, bAt, start, startAt, startStep, c, cAt, stride);
      return;
    }
    boolean wide = columns > MicroKernel8x1.COLUMNS;
    EdgeTiles.multiply(
        edge.get(), wide, a, aAt, OFFSETS, 0, depth, b, bAt, rows, 0, columns, c, cAt, stride, add);
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
