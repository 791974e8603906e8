package io.github.snip4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.NpzWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a checkpoint that says which step it is of, and what was best. */
class CheckpointNumbersTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("checkpoint.npz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1    | '\"-1\" is negative'",
        "three | 'For input string: \"three\"'",
      })
  void numbersThatAreNoneAreNamed(String step, String found) throws IOException {
    new NpzWriter().put("numbers", numbers(step)).writeSealed(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessage(
            file
                + ": the text 'numbers' holds what is not a number, or not one that can be: "
                + found);
  }

  @Test
  void linesThatAreMissingOrOthersAreNamed() throws IOException {
    new NpzWriter().put("numbers", "network = small\n").writeSealed(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessage(file + ": the text 'numbers' holds 1 lines instead of 6");
    new NpzWriter().put("numbers", numbers("3").replace("step", "stop")).writeSealed(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessage(file + ": the text 'numbers' holds 'stop = 3' where 'step = ' was expected");
  }

  @Test
  void theSchemaIsLookedAtFirst() throws IOException {
    String later = "schema = 3\nand = what nobody knows yet\n";
    new NpzWriter().put("numbers", later).writeSealed(file);
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> Checkpoint.load(file))
        .withMessage(
            file
                + ": is a checkpoint of schema 3; this snip4j reads schemas up to 2: go on with the"
                + " version that wrote it, or begin anew");
    new NpzWriter()
        .put("numbers", "schema = 2\n" + numbers("3") + "optimizer = Sgd\n")
        .writeSealed(file);
    assertThat(Checkpoint.load(file).step()).isEqualTo(3);
    new NpzWriter().put("numbers", numbers("4")).writeSealed(file); // before there were numbers
    assertThat(Checkpoint.load(file).step()).isEqualTo(4);
  }

  static String numbers(String step) {
    return "network = small\nstep = "
        + step
        + "\nbest.step = 0\nbest.loss = 1.0\nbest.wrong = 1\nbest.examples = 2\n";
  }
}
