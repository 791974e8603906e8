package io.github.snip4j.bench.run;

import com.google.gson.JsonParseException;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A run that was interrupted, as its checkpoint knows it. */
public final class Interrupted {
  private final Path file;
  private final Checkpoint checkpoint;
  private final RunState state;

  private Interrupted(Path file, Checkpoint checkpoint, RunState state) {
    this.file = file;
    this.checkpoint = checkpoint;
    this.state = state;
  }

  /**
   * Reads the checkpoint of a run.
   *
   * @param changed steps between checkpoints from here on; null for as many as before
   * @throws BadFileException if it is damaged, or of another version
   * @throws IOException if it cannot be read
   */
  public static Interrupted load(RunFolder folder, @Nullable Integer changed) throws IOException {
    Path file = folder.checkpoint();
    Checkpoint checkpoint = Checkpoint.load(file);
    RunState state;
    try {
      state = Json.read(checkpoint.about(), RunState.class);
    } catch (JsonParseException e) {
      throw new BadFileException(
          file.toString(),
          "does not describe a run as snip4j " + Machine.version() + " does: " + e.getMessage());
    }
    folder.resumableFrom(checkpoint.step());
    return new Interrupted(file, checkpoint, changed == null ? state : state.every(changed));
  }

  /** The same with the data elsewhere. */
  public Interrupted withDataDir(String dir) {
    return new Interrupted(file, checkpoint, state.withDataDir(dir));
  }

  /** The options of the run. */
  public RunOptions options() {
    return state.options();
  }

  /** What the run was begun on. */
  public Machine machine() {
    return state.machine();
  }

  /** Which network was being trained, in a word. */
  public String training() {
    return state.pruned() == null ? Experiment.PRUNED : Experiment.DENSE;
  }

  /** How many steps of that were done. */
  public long step() {
    return checkpoint.step();
  }

  RunState state() {
    return state;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Checks that what the run depends on is as it was.
   *
   * @throws BadFileException if the data are others, or the network that is done is gone or changed
   */
  void check(String data, RunFolder folder) throws IOException {
    if (!data.equals(state.data())) {
      throw new BadFileException(
          file.toString(), "was trained on other data than " + options().data().name() + " here");
    }
    String network = state.network();
    if (network == null) {
      return;
    }
    if (!Files.exists(folder.network())) {
      throw new BadFileException(
          folder.network().toString(), "is not there, though the run had written it");
    }
    if (!Fingerprint.of(folder.network()).equals(network)) {
      throw new BadFileException(folder.network().toString(), "is not as the run had written it");
    }
  }
}
