package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.testing.RandomTensors;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against two plain loops, with steps of all kinds. */
class PanelPackingTest {
  private static final float[] FROM = RandomTensors.normal(1, 20_000).toArray();

  @ParameterizedTest
  @CsvSource({
    // depth, width, pStep, qStep
    "0, 5, 1, 7",
    "1, 1, 1, 1",
    "3, 8, -2, 9",
    "7, 8, 1, 31",
    "17, 5, 1, 33",
    "33, 7, 40, 1",
    "9, 16, 1, 100",
    "31, 23, 50, 2",
    "2, 0, 1, 3"
  })
  void aPanelIsATransposedPieceFilledUpWithZeros(int depth, int width, int pStep, int qStep) {
    int at = 100;
    int padded = (width / 8 + 1) * 8;
    float[] to = filled();
    float[] expected = filled();
    for (int p = 0; p < depth; p++) {
      for (int q = 0; q < padded; q++) {
        expected[3 + p * padded + q] = q < width ? FROM[at + p * pStep + q * qStep] : 0f;
      }
    }
    PanelPacking.panel(FROM, at, pStep, qStep, depth, width, padded, to, 3);
    assertThat(to).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 3", "8, 16", "9, 15", "17, 33", "100, 2"})
  void rowsArePackedInPanelsOfEight(int rows, int depth) {
    for (boolean transposed : new boolean[] {false, true}) {
      int rowStep = transposed ? 1 : depth + 2;
      int columnStep = transposed ? rows + 2 : 1;
      float[] to = filled();
      float[] expected = filled();
      for (int r = 0; r < (rows + 7) / 8 * 8; r++) {
        for (int p = 0; p < depth; p++) {
          expected[5 + (r / 8 * depth + p) * 8 + r % 8] =
              r < rows ? FROM[11 + r * rowStep + p * columnStep] : 0f;
        }
      }
      PanelPacking.panels(FROM, 11, rowStep, columnStep, rows, depth, to, 5);
      assertThat(to).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 3, 3", "9, 8, 20", "16, 31, 40"})
  void whatLiesBetweenTheRowsOfATransposeStays(int depth, int width, int toStep) {
    float[] to = filled();
    float[] expected = filled();
    for (int p = 0; p < depth; p++) {
      for (int q = 0; q < width; q++) {
        expected[p * toStep + q] = FROM[2 + p + q * 50];
      }
    }
    PanelPacking.transpose(FROM, 2, 1, 50, depth, width, to, 0, toStep);
    assertThat(to).isEqualTo(expected);
  }

  private static float[] filled() {
    float[] array = new float[4_000];
    Arrays.fill(array, 7f);
    return array;
  }
}
