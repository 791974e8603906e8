package io.github.snip4j.core.internal.sparse;

import io.github.snip4j.core.tensor.CacheLine;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.core.tensor.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Structure} of a weight that kernels compute with as a sparse matrix: a row for each
 * index of the first axis, a column for each index of the others together. Immutable, and checked
 * when it is made, so that a kernel can trust it.
 *
 * <p>It keeps what kernels work out for it, from the first use on: its transpose, and their {@link
 * Layout}s for the inputs that they see.
 */
public final class SparsePattern implements Structure {
  private final Shape shape;
  private final CompressedRows rows;
  private final Layouts layouts = new Layouts();
  private volatile @Nullable Transpose transpose;

  /** The rows of the transpose, and which value of this is each of its values. */
  private static final class Transpose {
    final int[] permutation;
    final CompressedRows rows;

    Transpose(CompressedRows of) {
      permutation = new int[of.count()];
      rows = of.transposed(permutation);
    }
  }

  private SparsePattern(Shape shape, CompressedRows rows) {
    this.shape = shape;
    this.rows = rows;
  }

  /**
   * The pattern of a weight whose elements are at these positions.
   *
   * @param shape of two axes or more
   * @param positions row-major, ascending
   * @throws IllegalArgumentException if that is not what they are, or one lies outside
   */
  public static SparsePattern of(Shape shape, int... positions) {
    return new SparsePattern(shape, CompressedRows.of(shape, positions));
  }

  /**
   * The pattern of a mask.
   *
   * @param shape of two axes or more
   * @param keep row-major, one for each element
   * @throws IllegalArgumentException if that is not what they are
   */
  public static SparsePattern of(Shape shape, boolean[] keep) {
    if (keep.length != shape.size()) {
      throw new IllegalArgumentException(
          "sparse rows: " + shape + " takes as many values, not " + keep.length);
    }
    int count = 0;
    for (boolean kept : keep) {
      count += kept ? 1 : 0;
    }
    int[] positions = new int[count];
    int k = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        positions[k++] = i;
      }
    }
    return of(shape, positions);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int count() {
    return rows.count();
  }

  public int rows() {
    return rows.rows();
  }

  public int columns() {
    return rows.columns();
  }

  /** The share of elements that exist, in [0, 1]; 0 of an empty matrix. */
  public double density() {
    return count() == 0 ? 0 : (double) count() / ((double) rows() * columns());
  }

  /** Where row {@code i} begins; of {@link #rows} where the last ends. */
  public int rowStart(int i) {
    return rows.start(i);
  }

  /** The column of value {@code k}. */
  public int column(int k) {
    return rows.column(k);
  }

  /** Where column {@code j} begins in the transpose; of {@link #columns} where the last ends. */
  public int columnStart(int j) {
    return transpose().start(j);
  }

  /** The row of value {@code k} of the transpose. */
  public int row(int k) {
    return transpose().column(k);
  }

  CompressedRows byRow() {
    return rows;
  }

  CompressedRows transpose() {
    return transposed().rows;
  }

  private Transpose transposed() {
    Transpose made = transpose;
    if (made == null) {
      made = new Transpose(rows);
      transpose = made;
    }
    return made;
  }

  /** What a kernel works out for this pattern; kept for the next time. */
  public <L extends Layout> L layout(Layout.Key<L> key) {
    return layouts.of(key, this);
  }

  /**
   * Values in an array in which they begin at {@link CacheLine#BEGIN}: their own where they do, as
   * those of parameters; else a copy in the workspace.
   */
  public float[] aligned(Tensor values) {
    checkValues("sparse rows", values);
    if (values.offset() == CacheLine.BEGIN) {
      return values.data();
    }
    float[] copy = Workspace.floats(CacheLine.BEGIN + count());
    System.arraycopy(values.data(), values.offset(), copy, CacheLine.BEGIN, count());
    return copy;
  }

  /**
   * The values in the transpose's order.
   *
   * @return from the workspace; they begin at {@link CacheLine#BEGIN}
   */
  public float[] transposed(Tensor values) {
    checkValues("sparse rows", values);
    int[] permutation = transposed().permutation;
    float[] from = values.data();
    int at = values.offset();
    float[] to = Workspace.floats(CacheLine.BEGIN + count());
    for (int k = 0; k < permutation.length; k++) {
      to[CacheLine.BEGIN + k] = from[at + permutation[k]];
    }
    return to;
  }

  @Override
  public int[] positions() {
    int[] positions = new int[count()];
    for (int i = 0; i < rows(); i++) {
      for (int k = rows.start(i); k < rows.start(i + 1); k++) {
        positions[k] = i * columns() + rows.column(k);
      }
    }
    return positions;
  }

  /** Of the rows, and of all that was worked out so far. */
  @Override
  public long bytes() {
    Transpose made = transpose;
    long back =
        made == null ? 0 : made.rows.bytes() + (long) Integer.BYTES * made.permutation.length;
    return rows.bytes() + back + layouts.bytes();
  }

  @Override
  public Tensor gather(Tensor whole) {
    checkWhole("gather", whole);
    Tensor values = Tensor.uninitialized(valuesShape());
    for (int i = 0; i < rows(); i++) {
      for (int k = rows.start(i); k < rows.start(i + 1); k++) {
        values.put(k, whole.at(i * columns() + rows.column(k)));
      }
    }
    return values;
  }

  @Override
  public Tensor spread(Tensor values) {
    checkValues("spread", values);
    Tensor whole = Tensor.zeros(shape);
    for (int i = 0; i < rows(); i++) {
      for (int k = rows.start(i); k < rows.start(i + 1); k++) {
        whole.put(i * columns() + rows.column(k), values.at(k));
      }
    }
    return whole;
  }

  /** The shape and the number of kept values: {@code [300, 784] with 4704 kept}. */
  @Override
  public String toString() {
    return shape + " with " + count() + " kept";
  }
}
