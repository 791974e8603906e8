package io.github.snip4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PredictorStartBenchmarkTest {
  @Test
  void theFirstAndTheHundredthAnswerAreThoseOfTheSameNetwork() {
    PredictorStartBenchmark benchmark = new PredictorStartBenchmark();
    PredictorStartBenchmark.Asked asked = of(new PredictorStartBenchmark.Asked());
    PredictorStartBenchmark.Warm warm = of(new PredictorStartBenchmark.Warm());
    PredictorStartBenchmark.Cold cold = of(new PredictorStartBenchmark.Cold());
    float[] first = benchmark.first(warm);
    assertThat(first).hasSize(10).isEqualTo(benchmark.hundredth(asked));
    assertThat(benchmark.warmUp(cold).predict(new float[784])).hasSize(10);
  }

  private static <T extends PredictorStartBenchmark.Cold> T of(T state) {
    state.workload = "lenet-300-100-98-1";
    state.variant = "sparse";
    state.fill();
    return state;
  }
}
