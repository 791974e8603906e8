package io.github.snip4j.bench.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.cli.Snip4j;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs are measured from outside, as a user waits for them. */
class CommandsTest {
  private final Commands commands = new Commands(Snip4j.class, 1);

  @Test
  void aRunTakesLongerThanItsSteps() {
    Map<String, String> options = Map.of("iterations", "3");
    Figure whole = commands.run(new Job("Run.whole", options, Start.ONE_THREAD)).figure().get();
    assertThat(1e-6 * whole.microseconds()).isBetween(0.2, 120.0);
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(1e-6 * whole.bytes()).isBetween(50.0, 4_000.0);
    }
    Figure step = commands.run(new Job("Run.step", options, Start.ONE_THREAD)).figure().get();
    assertThat(step.microseconds()).isBetween(1.0, whole.microseconds());
    assertThat(step.spread()).isNaN(); // of one Java
  }

  @Test
  void aRunThatFailsIsNotAFigure() {
    Measuring.Outcome outcome =
        commands.run(new Job("Run.whole", Map.of("sparsity", "2"), Start.ONE_THREAD));
    assertThat(outcome.figure()).isEmpty();
    assertThat(outcome.problem()).startsWith("'run' ended with 2: ").contains("--sparsity");
  }
}
