package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.init.Constant;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import org.junit.jupiter.api.Test;

/** The list of networks, and one of them layer by layer. */
class ModelsCommandTest extends CommandTestBase {
  @Test
  void modelsListsThePapersNumbers() {
    assertThat(snip4j("models")).isZero();
    String[] lines = {
      "lenet-300-100, 266,610, 13,331 at 95 %, 5,332 at 98 %",
      "lenet-5-caffe, 431,080, 8,622 at 98 %, 4,311 at 99 %",
      "alexnet-s, 5,070,218, 507,022 at 90 %",
      "alexnet-b, 8,490,378, 849,038 at 90 %",
      "vgg-c, 10,526,538, 526,327 at 95 %",
      "vgg-d, 15,245,130, 762,257 at 95 %",
      "vgg-like, 14,982,474, 449,474 at 97 %",
      "wrn-16-8, 10,958,666, 547,933 at 95 %",
      "wrn-16-10, 17,113,258, 855,663 at 95 %",
      "wrn-22-8, 17,153,610, 857,681 at 95 %",
      "lstm-s, 136,586, 6,829 at 95 %",
      "lstm-b, 535,306, 26,765 at 95 %",
      "gru-s, 103,690, 5,185 at 95 %",
      "gru-b, 403,978, 20,199 at 95 %",
    };
    for (String line : lines) {
      String[] cells = line.split(", ", 3);
      assertThat(out.toString()).containsPattern(cells[0] + " .* " + cells[1] + " +" + cells[2]);
    }
  }

  @Test
  void everyLayerThatHasParametersIsShown() {
    for (Model model : Models.all()) {
      out.getBuffer().setLength(0);
      assertThat(snip4j("models", model.name())).isZero();
      for (Parameter p : model.create(Constant.ZEROS, new Seed(1)).parameters()) {
        assertThat(out.toString().lines().filter(line -> line.startsWith("  " + p.layer() + " ")))
            .as("lines of %s in %s", p.layer(), model.name())
            .hasSize(1);
      }
    }
  }

  @Test
  void modelsShowsANetworkLayerByLayer() {
    assertThat(snip4j("models", "lenet-5-caffe")).isZero();
    assertThat(out.toString())
        .contains("lenet-5-caffe: takes [1, 28, 28], tells 10 classes apart, m = 431,080")
        .containsPattern("conv2 +\\[50, 8, 8\\] +25,000 +50\\R")
        .containsPattern("pool2 +\\[50, 4, 4\\]\\R")
        .containsPattern("all +430,500 +580\\R");
    assertThat(snip4j("models", "wrn-10-1", "--data=tiny-imagenet", "--classes=300")).isZero();
    assertThat(out.toString())
        .contains("wrn-10-1: takes [3, 64, 64], tells 300 classes apart")
        .containsPattern("group1.0.bn1 +\\[16, 32, 32\\] +32\\R")
        .containsPattern("fc +\\[300\\] +19,200 +300\\R");
  }
}
