package io.github.snip4j.bench.run;

import com.google.gson.JsonParseException;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.Machine;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Sha256;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An interrupted run, read from its checkpoint. */
public final class ResumableRun {
  private final Path file;
  private final Checkpoint checkpoint;
  private final CheckpointMetadata state;

  private ResumableRun(Path file, Checkpoint checkpoint, CheckpointMetadata state) {
    this.file = file;
    this.checkpoint = checkpoint;
    this.state = state;
  }

  /**
   * Reads the checkpoint of a run.
   *
   * @param changed steps between checkpoints from here on; null for as many as before
   * @throws BadFileException if it is damaged, or of a version that is not read here
   * @throws IOException if it cannot be read
   */
  public static ResumableRun load(RunFolder folder, @Nullable Integer changed) throws IOException {
    Path file = folder.checkpoint();
    Checkpoint checkpoint = Checkpoint.load(file);
    CheckpointMetadata state;
    try {
      state = Json.read(checkpoint.about(), CheckpointMetadata.class, CheckpointMetadata.SCHEMA);
    } catch (JsonParseException e) {
      throw new BadFileException(
          file.toString(), "holds no run that can be gone on with: " + e.getMessage());
    }
    ResumableRun run =
        new ResumableRun(file, checkpoint, changed == null ? state : state.every(changed));
    folder.resumableFrom(run.point());
    return run;
  }

  /** This run with its data elsewhere. */
  public ResumableRun withDataDir(String dir) {
    return new ResumableRun(file, checkpoint, state.withDataDir(dir));
  }

  /** The options of the run. */
  public RunOptions options() {
    return state.options();
  }

  /** What the run was begun on. */
  public Machine machine() {
    return state.machine();
  }

  /** Where the run goes on. */
  public ResumePoint point() {
    return new ResumePoint(checkpoint.step(), state.training());
  }

  /** How many steps the training takes that was interrupted. */
  public int steps() {
    RetrainSpec retraining = options().retraining();
    if (!retraining.inRounds()) {
      return options().iterations();
    }
    return round() == 0 ? retraining.pretrain() : retraining.retrain();
  }

  private int round() {
    return state.levels().size() - 1;
  }

  CheckpointMetadata state() {
    return state;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Checks that the data are as they were.
   *
   * @param sha256 of the data that are here now, {@link Pictures#sha256}
   * @throws BadFileException if they are others
   */
  void check(String sha256) throws BadFileException {
    if (!sha256.equals(state.dataSha256())) {
      throw new BadFileException(
          file.toString(),
          ("was begun with other data than the " + options().data().title() + " that is here now:")
              + " a picture, a label or the name of a class differs");
    }
  }

  /**
   * Checks that the weights that were read and not drawn are as they were.
   *
   * @throws BadFileException if they are others
   */
  void checkWeights(String digest) throws BadFileException {
    String before = state.weightsSha256();
    if (before != null && !before.equals(digest)) {
      throw new BadFileException(
          file.toString(),
          "was begun with other weights or masks than those that are in their files now");
    }
  }

  /**
   * Checks that the network whose training is done is as it was, if there is one.
   *
   * @throws BadFileException if it is gone or changed
   */
  void check(RunFolder folder) throws IOException {
    String network = state.network();
    Path now = folder.networkNow();
    if (network != null && !Files.exists(now)) {
      throw new BadFileException(now.toString(), "is not there, though the run had written it");
    }
    if (network != null && !network.equals(Sha256.of(now))) {
      throw new BadFileException(now.toString(), "is not as the run had written it");
    }
  }
}
