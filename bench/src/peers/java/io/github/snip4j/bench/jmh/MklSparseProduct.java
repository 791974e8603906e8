package io.github.snip4j.bench.jmh;

import static org.bytedeco.mkl.global.mkl_rt.MKL_Set_Num_Threads;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_INDEX_BASE_ZERO;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_LAYOUT_ROW_MAJOR;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_MATRIX_TYPE_GENERAL;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_OPERATION_NON_TRANSPOSE;
import static org.bytedeco.mkl.global.mkl_rt.SPARSE_STATUS_SUCCESS;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_destroy;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_optimize;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_create_csr;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_s_mm;
import static org.bytedeco.mkl.global.mkl_rt.mkl_sparse_set_mm_hint;

import io.github.snip4j.core.internal.parallel.Parallel;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.mkl.global.mkl_rt.matrix_descr;
import org.bytedeco.mkl.global.mkl_rt.sparse_matrix;

/**
 * W x with a sparse W (CSR) by Intel's MKL, through bytedeco, after its inspector has looked at the
 * pattern ({@code mkl_sparse_optimize}); x and y lie outside of the heap.
 */
final class MklSparseProduct implements AutoCloseable {
  private static final int MANY = 1_000_000; // calls that the inspector may expect

  private final sparse_matrix matrix = new sparse_matrix();
  private final matrix_descr general = new matrix_descr();
  private final IntPointer starts;
  private final IntPointer columns;
  private final FloatPointer values;
  private final FloatPointer x;
  private final FloatPointer y;
  private final int rows;
  private final int batch;

  /**
   * Copies what it multiplies.
   *
   * @param pattern of W
   * @param kept the values of W, row-major
   * @param x {@code [columns of W, batch]}
   */
  MklSparseProduct(SparsePattern pattern, float[] kept, float[] x, int batch) {
    MKL_Set_Num_Threads(Parallel.threads());
    this.rows = pattern.rows();
    this.batch = batch;
    int[] first = new int[rows + 1];
    for (int i = 0; i <= rows; i++) {
      first[i] = pattern.rowStart(i);
    }
    int[] column = new int[kept.length];
    for (int k = 0; k < column.length; k++) {
      column[k] = pattern.column(k);
    }
    this.starts = new IntPointer(first);
    this.columns = new IntPointer(column);
    this.values = new FloatPointer(kept);
    this.x = new FloatPointer(x);
    this.y = new FloatPointer(new float[rows * batch]);
    general.type(SPARSE_MATRIX_TYPE_GENERAL);
    check(
        mkl_sparse_s_create_csr(
            matrix,
            SPARSE_INDEX_BASE_ZERO,
            rows,
            pattern.columns(),
            starts,
            starts.getPointer(1),
            columns,
            values));
    check(
        mkl_sparse_set_mm_hint(
            matrix, SPARSE_OPERATION_NON_TRANSPOSE, general, SPARSE_LAYOUT_ROW_MAJOR, batch, MANY));
    check(mkl_sparse_optimize(matrix));
  }

  private static void check(int status) {
    if (status != SPARSE_STATUS_SUCCESS) {
      throw new IllegalStateException("MKL: sparse status " + status);
    }
  }

  void multiply() {
    check(
        mkl_sparse_s_mm(
            SPARSE_OPERATION_NON_TRANSPOSE,
            1f,
            matrix,
            general,
            SPARSE_LAYOUT_ROW_MAJOR,
            x,
            batch,
            batch,
            0f,
            y,
            batch));
  }

  /** y {@code [rows of W, batch]}. */
  float[] result() {
    float[] out = new float[rows * batch];
    y.get(out);
    return out;
  }

  @Override
  public void close() {
    check(mkl_sparse_destroy(matrix));
    general.close();
    starts.close();
    columns.close();
    values.close();
    x.close();
    y.close();
  }
}
