package io.github.snip4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelCostModelTest {
  @ParameterizedTest
  @CsvSource({
    "0.02, SPARSE",
    "0.35, SPARSE",
    "0.6, DENSE",
    "1, DENSE",
  })
  void aLargeMatrixIsSparseWhereLessThanAboutHalfOfItIsKept(double density, Storage faster) {
    Shape shape = Shape.of(1024, 1024);
    assertThat(KernelCostModel.faster(shape, (int) (density * shape.size()))).isEqualTo(faster);
    Shape filters = Shape.of(512, 512, 3, 3);
    assertThat(KernelCostModel.faster(filters, (int) (density * filters.size()))).isEqualTo(faster);
  }

  @ParameterizedTest
  @CsvSource({
    "16, 16, 3, 0.60, SPARSE",
    "16, 16, 3, 0.70, DENSE",
    "64, 64, 3, 0.60, SPARSE",
    "64, 64, 3, 0.70, DENSE",
    "256, 256, 3, 0.54, SPARSE",
    "256, 256, 3, 0.60, DENSE",
    "512, 512, 3, 0.45, SPARSE",
    "512, 512, 3, 0.53, DENSE",
    "512, 256, 1, 0.30, SPARSE", // a product, not a filter
    "512, 256, 1, 0.50, DENSE",
    "64, 3, 3, 0.90, SPARSE", // few channels
    "64, 3, 3, 1, DENSE",
  })
  void filtersAreSparseUpToWhereTheyWereMeasuredToBeFaster(
      int out, int in, int side, double density, Storage faster) {
    Shape shape = Shape.of(out, in, side, side);
    assertThat(KernelCostModel.faster(shape, (int) (density * shape.size()))).isEqualTo(faster);
  }

  @ParameterizedTest
  @CsvSource({"1, DENSE", "0.1, DENSE"})
  void aVectorIsNeverSparse(double density, Storage faster) {
    assertThat(KernelCostModel.faster(Shape.of(1000), (int) (density * 1000))).isEqualTo(faster);
  }
}
