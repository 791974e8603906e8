package io.github.snip4j.bench.reproduce;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** All tables and figures are there, and say what the paper says. */
class StudiesTest {
  @Test
  void theRowsAreThoseOfThePaper() {
    assertThat(study("table-1").rows())
        .extracting(row -> row.published().paper())
        .contains(1.7, 1.6, 2.4, 0.9, 0.8, 1.1);
    assertThat(study("table-2").rows()).hasSize(12);
    assertThat(study("table-3").rows()).hasSize(16);
    assertThat(study("figure-1").rows()).hasSize(20);
    assertThat(study("figure-3").rows())
        .extracting(row -> row.published().paper())
        .containsExactly(1.94, 1.72, 1.64, 1.56, 1.40);
    assertThat(study("figure-2").rows()).isEmpty();
    for (Study study : Studies.all()) {
      assertThat(study.rows()).extracting(Row::id).doesNotHaveDuplicates();
    }
    assertThat(Studies.named(List.of("table-3", "all")))
        .extracting(Study::name)
        .startsWith("table-3", "table-1", "table-2", "figure-1")
        .hasSize(11);
  }

  @Test
  void lengthsAreThoseOfTheBudget() throws IOException {
    Row row = study("table-1").rows().get(1);
    assertThat(String.join(" ", row.run(Budget.PAPER, 3)))
        .isEqualTo(
            "--model lenet-300-100 --sparsity 0.95 --iterations 54000 --schedule step --seed 3");
    assertThat(row.run(Budget.of("16200"), 1)).contains("16200", "piecewise");
    assertThat(study("table-2").rows().get(4).run(Budget.PAPER, 1))
        .contains("150000", "step-30k", "cifar-10", "128", "paper");
    Budget two = Budget.of("16200,cifar-10=1760");
    assertThat(study("table-2").rows().get(4).run(two, 1)).contains("1760", "piecewise");
    assertThat(study("table-2").rows().get(8).run(two, 1)).contains("16200", "lstm-s");
    assertThat(MadeBy.sentences(two, List.of()))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith(
            "One seed; trained for 16,200 steps each; on cifar-10 for 1,760 steps; made by ");
  }

  @Test
  void meansHaveTheDeviationOfASample() {
    Spread spread = Spread.of(List.of(0.019, 0.021, 0.020));
    assertThat(spread.words()).isEqualTo("2.00 ± 0.10");
    assertThat(Spread.of(List.of(0.019)).words()).isEqualTo("1.90");
    assertThat(Spread.of(List.of()).words()).isEqualTo("–");
    Spread more = Spread.of(List.of(0.030, 0.012));
    Spread all = Spread.of(List.of(0.019, 0.021, 0.020, 0.030, 0.012));
    Spread together = Spread.all(List.of(spread, Spread.of(List.of()), more));
    assertThat(together.n()).isEqualTo(5);
    assertThat(together.mean()).isCloseTo(all.mean(), within(1e-12));
    assertThat(together.deviation()).isCloseTo(0.6427, within(1e-4)); // by hand
    assertThat(all.deviation()).isCloseTo(0.6427, within(1e-4));
  }

  private static Study study(String name) {
    return Studies.named(List.of(name)).get(0);
  }
}
