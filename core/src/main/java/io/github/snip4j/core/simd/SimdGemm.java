package io.github.snip4j.core.simd;

import io.github.snip4j.core.blas.Gemm;
import io.github.snip4j.core.parallel.Parallel;
import java.util.function.IntConsumer;

/**
 * The product on the Vector API, blocked for the caches after Goto and van de Geijn [1].
 *
 * <p>B is packed, {@link #DEPTH} rows by {@link #WIDTH} columns at a time, into strips as wide as a
 * tile. Then blocks of rows of A, packed alike, sweep over it; each pair of strips is one {@link
 * SimdTile}. Packing absorbs the transposes, and fills up with zeros what the tiles are larger than
 * the matrix.
 *
 * <p>Each element of C is the sum over k in ascending order, in chunks of {@link #DEPTH}: the bits
 * depend neither on the threads nor on the width of the machine's vectors.
 *
 * <p>[1] <i>Anatomy of high-performance matrix multiplication</i>, ACM TOMS 34(3), 2008.
 */
public final class SimdGemm implements Gemm {
  /** Rows of B per packed block: a strip of it, 32 KiB with 16 lanes, stays in L1. */
  private static final int DEPTH = 256;

  /** Columns of B per packed block: 1 MiB, in L2 or near it. */
  private static final int WIDTH = 1024;

  /** Rows of A per block at most: 64 KiB, in L2 beside it. */
  private static final int HEIGHT = 64;

  private static final int PIECES = 8;
  private static final long WORTH_SHARING = 1 << 18; // multiply-adds; some 5 microseconds

  private final ThreadLocal<float[]> packedB = ThreadLocal.withInitial(() -> new float[0]);
  private final ThreadLocal<float[]> packedA =
      ThreadLocal.withInitial(() -> new float[HEIGHT * DEPTH]);
  private final ThreadLocal<float[]> edge =
      ThreadLocal.withInitial(() -> new float[SimdTile.ROWS * SimdTile.COLUMNS]);

  /**
   * Nothing to set up; loaded by name.
   *
   * @throws UnsupportedOperationException if this processor's vectors are too short to gain by
   */
  public SimdGemm() {
    SimdTile.checkProcessor();
  }

  @Override
  public String name() {
    return "simd";
  }

  @Override
  public String description() {
    return "simd (Vector API, " + SimdTile.LANES + " floats per vector)";
  }

  @Override
  public void multiply(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      boolean accumulate) {
    Operand left = new Operand(a, aOffset, transposeA ? 1 : k, transposeA ? m : 1);
    Operand right = new Operand(b, bOffset, transposeB ? 1 : n, transposeB ? k : 1);
    for (int j = 0; j < n; j += WIDTH) {
      int width = Math.min(WIDTH, n - j);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        boolean add = accumulate || p > 0;
        multiplyBlock(left, right, c, cOffset + j, m, n, j, width, p, depth, add);
      }
    }
  }

  /** A matrix, transposed or not: element (i, j) is {@code data[at + i*rowStep + j*columnStep]}. */
  private static final class Operand {
    final float[] data;
    final int at;
    final int rowStep;
    final int columnStep;

    Operand(float[] data, int at, int rowStep, int columnStep) {
      this.data = data;
      this.at = at;
      this.rowStep = rowStep;
      this.columnStep = columnStep;
    }

    int position(int row, int column) {
      return at + row * rowStep + column * columnStep;
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
    boolean share = (long) m * width * depth >= WORTH_SHARING;
    int strips = (width - 1) / SimdTile.COLUMNS + 1;
    float[] bPack = packedB(strips * SimdTile.COLUMNS * depth);
    forEach(
        share,
        strips,
        s -> {
          int column = s * SimdTile.COLUMNS;
          Packing.strip(
              right.data,
              right.position(p, j + column),
              right.rowStep,
              right.columnStep,
              depth,
              Math.min(SimdTile.COLUMNS, width - column),
              SimdTile.COLUMNS,
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
          float[] aPack = packA(left, row, rows, p, depth);
          for (int s = strip; s < endStrip; s++) {
            int column = s * SimdTile.COLUMNS;
            int columns = Math.min(SimdTile.COLUMNS, width - column);
            for (int r = 0; r < rows; r += SimdTile.ROWS) {
              int cTile = cAt + (row + r) * n + column;
              int tileRows = Math.min(SimdTile.ROWS, rows - r);
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
    int tiles = (m - 1) / SimdTile.ROWS + 1;
    int tilesPerPiece = (tiles - 1) / PIECES + 1;
    return Math.min(HEIGHT / SimdTile.ROWS, tilesPerPiece) * SimdTile.ROWS;
  }

  private float[] packA(Operand left, int row, int rows, int p, int depth) {
    float[] pack = packedA.get();
    for (int r = 0; r < rows; r += SimdTile.ROWS) {
      Packing.strip(
          left.data,
          left.position(row + r, p),
          left.columnStep,
          left.rowStep,
          depth,
          Math.min(SimdTile.ROWS, rows - r),
          SimdTile.ROWS,
          pack,
          r * depth);
    }
    return pack;
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
    if (rows == SimdTile.ROWS && columns == SimdTile.COLUMNS) {
      SimdTile.multiply(depth, a, aAt, b, bAt, c, cAt, stride, add);
      return;
    }
    float[] scratch = edge.get();
    SimdTile.multiply(depth, a, aAt, b, bAt, scratch, 0, SimdTile.COLUMNS, false);
    for (int r = 0; r < rows; r++) {
      int to = cAt + r * stride;
      int from = r * SimdTile.COLUMNS;
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
