package io.github.snip4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.options.CriterionKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellTableTest {
  @Test
  void whatHoldsCommasQuotesOrLinesIsQuoted() {
    Comparison.Cell done =
        new Comparison.Cell(CriterionKind.SNIP, 0.9, 4, "snip-0.9-4", 785, 0.0625, 0.95, null);
    Comparison.Cell failed =
        new Comparison.Cell(
            CriterionKind.GRASP, 0.99, 4, "grasp-0.99-4", null, null, null, "a, \"b\"\nc");
    assertThat(CellTable.of(List.of(done, failed)).split("\r\n", -1))
        .containsExactly(
            "criterion,sparsity,seed,folder,kappa,error,effectiveSparsity,failure",
            "snip,0.9,4,snip-0.9-4,785,0.0625,0.95,",
            "grasp,0.99,4,grasp-0.99-4,,,,\"a, \"\"b\"\"\nc\"",
            "");
  }
}
