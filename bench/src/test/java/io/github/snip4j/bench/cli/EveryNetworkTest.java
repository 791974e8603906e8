package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every network goes forward, backward and one step at batch 2, each parameter gets a gradient, and
 * the losses are the same on every backend. A backend is chosen once per Java, so each has one.
 */
class EveryNetworkTest {
  private static final List<String> VECTOR = List.of("--add-modules=jdk.incubator.vector");

  /** Of the losses in evaluation and in training, relative to 1 or to the loss if that is more. */
  private static final double TOLERANCE = 1e-4;

  /** Of the loss after the step; batch norm of two examples magnifies the gradients' rounding. */
  private static final double AFTER_BATCH_NORM = 1e-2;

  private static final List<String> SMALL =
      List.of(
          "linear",
          "lenet-300-100",
          "lenet-5-caffe",
          "alexnet-s",
          "vgg-like-quarter",
          "wrn-10-1",
          "lstm-s",
          "gru-s");

  /** The networks without batch norm. */
  private static final Pattern PLAIN = Pattern.compile("lenet.*|linear|lstm.*|gru.*");

  @Test
  void aSmallNetworkOfEachKindTakesAStepWithTheSameLossOnEveryBackend()
      throws IOException, InterruptedException {
    check(SMALL);
  }

  @Tag("exhaustive")
  @Test
  void everyOtherNetworkDoesSoToo() throws IOException, InterruptedException {
    check(Models.all().stream().map(Model::name).filter(name -> !SMALL.contains(name)).toList());
  }

  private static void check(List<String> models) throws IOException, InterruptedException {
    Map<String, Map<String, double[]>> byBackend = new LinkedHashMap<>();
    for (String backend : GemmChoice.NAMES) {
      Map<String, double[]> losses = run(backend, models);
      if (!losses.isEmpty()) {
        byBackend.put(backend, losses);
      }
    }
    Map<String, double[]> reference = Objects.requireNonNull(byBackend.get("scalar"));
    assertThat(byBackend).containsKey("simd");
    byBackend.forEach(
        (backend, losses) ->
            losses.forEach(
                (model, values) -> {
                  double[] expected = Objects.requireNonNull(reference.get(model));
                  boolean plain = PLAIN.matcher(model).matches();
                  String where = model + " on " + backend;
                  check(where + ", evaluation", values[0], expected[0], TOLERANCE);
                  check(where + ", training", values[1], expected[1], TOLERANCE);
                  double after = plain ? TOLERANCE : AFTER_BATCH_NORM;
                  check(where + ", after the step", values[2], expected[2], after);
                }));
  }

  private static void check(String what, double actual, double expected, double tolerance) {
    assertThat(actual)
        .as(what)
        .isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
  }

  /** The losses of each model; none if the backend cannot be had here. */
  private static Map<String, double[]> run(String backend, List<String> models)
      throws IOException, InterruptedException {
    List<String> jvm = new ArrayList<>(VECTOR);
    jvm.add("-Dsnip4j.gemm=" + backend);
    SubProcess.Result result = SubProcess.run(OneStep.class, jvm, models.toArray(String[]::new));
    if (result.output().contains("no " + backend + ":")) {
      System.out.println("skipped: " + result.output().strip());
      return Map.of();
    }
    assertThat(result.exitCode()).as(result.output()).isZero();
    Map<String, double[]> losses = new LinkedHashMap<>();
    for (String line : result.output().lines().toList()) {
      String[] words = line.split(" ", -1);
      if (models.contains(words[0])) {
        losses.put(words[0], losses(words));
      }
    }
    assertThat(losses).as(result.output()).hasSameSizeAs(models);
    return losses;
  }

  private static double[] losses(String[] words) {
    assertThat(words[4]).as("parameters of %s without a gradient", words[0]).isEqualTo("0");
    double[] losses = {
      Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double.parseDouble(words[3])
    };
    assertThat(losses[2]).as("%s after the step", words[0]).isNotEqualTo(losses[0]);
    return losses;
  }
}
