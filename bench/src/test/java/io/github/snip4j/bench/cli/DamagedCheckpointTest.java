package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.run.RunFolder;
import io.github.snip4j.core.io.Npz;
import io.github.snip4j.core.io.NpzWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checkpoints that are damaged, of other versions or lie: nothing in them is trusted. */
class DamagedCheckpointTest extends KilledRunTestBase {
  @BeforeAll
  static void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void aCheckpointThatIsCutOrDamagedIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(checkpoint());
    Files.write(checkpoint(), Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusal())
        .startsWith("snip4j: " + checkpoint() + ": at byte ")
        .endsWith(
            "expected 'sha256:' and a checksum at the end, found none (is the file"
                + " complete?)");
    whole[whole.length / 2] ^= 1;
    Files.write(checkpoint(), whole);
    assertThat(refusal())
        .isEqualTo(
            ("snip4j: " + checkpoint())
                + ": is damaged: its checksum differs from the one at its end");
  }

  @Test
  void aCheckpointThatLacksSomethingIsNamed() throws IOException {
    rewrite("best.fc1.bias", "", "");
    assertThat(refusal())
        .isEqualTo(
            ("snip4j: " + checkpoint())
                + ": does not hold a training of lenet-300-100; missing: best.fc1.bias");
  }

  @Test
  void aCheckpointOfAnotherVersionIsNamed() throws IOException {
    rewrite("", "\"sparsity\"", "\"density\"");
    assertThat(refusal()).isEqualTo(noRun() + "its field 'options.density' is not known");
  }

  @Test
  void optionsOfACheckpointAreNotTrustedEither() throws IOException {
    rewrite("", "\"sparsity\": 0.98", "\"sparsity\": 1.98");
    assertThat(refusal()).isEqualTo(noRun() + "sparsity 1.98: expected 0 to below 1");
    rewrite("", "\"sparsity\": 1.98", "\"sparsity\": \"much\"");
    assertThat(refusal()).startsWith(noRun());
    rewrite("", "\"much\"", "null");
    assertThat(refusal()).startsWith(noRun());
    rewrite("", "\"lenet-300-100\"", "null");
    assertThat(refusal()).startsWith(noRun());
    copyAgain();
    rewrite("", "momentum", "lion");
    assertThat(refusal()).startsWith(noRun());
  }

  @Test
  void aCheckpointOfAnotherSchemaIsRefusedByItsNumber() throws IOException {
    rewrite("", "\"schema\": 7", "\"schema\": 8");
    assertThat(refusal())
        .isEqualTo(
            noRun()
                + "it is of schema 8, and this snip4j reads schemas 0 to 7: use the version that"
                + " wrote it");
    putCheckpoint("schema-0");
    assertThat(refusal())
        .isEqualTo(
            noRun()
                + "it is of schema 0, which does not tell all of the data that the run was begun"
                + " with: go on with the version that wrote it, or begin the run anew");
  }

  @Test
  void aRunOfSchemaOneIsGoneOnWith() throws IOException {
    putCheckpoint("schema-1");
    assertThat(snip4j("run", "--resume=" + run, "--data-dir=" + data)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("going on with step 36 of 40 of training the pruned");
    assertThat(RunResult.read(run.resolve("result.json")).kappa()).isEqualTo(785);
  }

  /** What is said to somebody who would go on with the run. */
  private String refusal() {
    return mistake("run", "--resume=" + run);
  }

  private String noRun() {
    return "snip4j: " + checkpoint() + ": holds no run that can be gone on with: ";
  }

  private void putCheckpoint(String schema) throws IOException {
    try (InputStream in = RunFolder.class.getResourceAsStream(schema + "/checkpoint.npz")) {
      Files.copy(Objects.requireNonNull(in), checkpoint(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void copyAgain() throws IOException {
    Files.copy(killed.resolve("checkpoint.npz"), checkpoint(), StandardCopyOption.REPLACE_EXISTING);
  }

  private void rewrite(String leftOut, String in, String replacement) throws IOException {
    Npz npz = Npz.read(checkpoint());
    NpzWriter writer = new NpzWriter();
    boolean found = in.isEmpty();
    for (String name : npz.names()) {
      if (name.equals(leftOut)) {
        continue;
      }
      if (name.equals("about") || name.equals("numbers")) {
        String text = npz.text(name);
        found |= text.contains(in);
        writer.put(name, text.replace(in, replacement));
      } else if (name.startsWith("mask.")) {
        int[] ints = npz.ints(name);
        boolean[] keep = new boolean[ints.length];
        for (int i = 0; i < keep.length; i++) {
          keep[i] = ints[i] == 1;
        }
        writer.put(name, npz.shape(name), keep);
      } else {
        writer.put(name, npz.floats(name));
      }
    }
    assertThat(found).as("the checkpoint says " + in).isTrue(); // or it would train for ever
    writer.writeSealed(checkpoint());
  }
}
