package io.github.snip4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.nn.model.Models;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a run; ResumeTest checks that others leave a running program alone. */
class RunFolderTest {
  @TempDir Path folder;

  @Test
  void runsThatBeginAtTheSameMomentGetFoldersOfTheirOwn() throws Exception {
    Path runs = folder.resolve("runs");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<RunFolder>> all = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        all.add(threads.submit(() -> RunFolder.createIn(runs, "20260101-120000-linear")));
      }
      Set<Path> paths = new HashSet<>();
      for (Future<RunFolder> one : all) {
        try (RunFolder made = one.get()) {
          assertThat(made.path().resolve(RunFolder.LOCK)).exists();
          paths.add(made.path());
        }
      }
      assertThat(paths)
          .hasSize(24)
          .contains(
              runs.resolve("20260101-120000-linear"), runs.resolve("20260101-120000-linear-24"));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aFolderHasOneRunAtATime() throws IOException {
    Path path = folder.resolve("a/b");
    try (RunFolder first = RunFolder.open(path)) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> RunFolder.open(first.path()))
          .withMessage(
              path
                  + ": this process is writing its results here: wait until it ends, or choose"
                  + " another folder");
    }
    RunFolder.open(path).close();
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsDeletedMeanwhileIsMadeAgainAndLocked() throws IOException {
    Path path = folder.resolve("a/b");
    try (RunFolder run = RunFolder.open(path)) {
      Files.delete(path.resolve(RunFolder.LOCK));
      Files.delete(path);
      Files.delete(path.getParent());
      run.write(() -> Files.writeString(run.network(), "mine"));
      assertThat(run.network()).hasContent("mine");
      assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> RunFolder.open(path));
    }
  }

  @Test
  void aFolderThatIsDeletedInTheMiddleOfWritingIsMadeAgain() throws IOException {
    Path path = folder.resolve("a");
    try (RunFolder run = RunFolder.open(path)) {
      boolean[] deleted = new boolean[1];
      run.write(
          () -> {
            if (!deleted[0]) {
              deleted[0] = true;
              Files.delete(path.resolve(RunFolder.LOCK));
              Files.delete(path);
            }
            return Files.writeString(run.network(), "mine");
          });
      assertThat(run.network()).hasContent("mine");
      assertThat(path.resolve(RunFolder.LOCK)).exists();
    }
  }

  @Test
  void aFolderThatAnotherRunTookMeanwhileIsLeftToIt() throws IOException {
    Path path = folder.resolve("a");
    try (RunFolder run = RunFolder.open(path)) {
      Files.delete(path.resolve(RunFolder.LOCK));
      Files.delete(path);
      try (RunFolder other = RunFolder.open(path)) {
        assertThatExceptionOfType(FileSystemException.class)
            .isThrownBy(() -> run.write(() -> Files.writeString(run.network(), "mixed")))
            .withMessageContaining("is writing its results here");
        assertThat(other.network()).doesNotExist();
      }
    }
  }

  @Test
  void tooLittleRoomIsFoundBeforeTheWork() throws IOException {
    Path path = folder.resolve("a");
    RunOptions options = RunResult.read(SchemaTest.copy("schema-0/result.json", folder)).options();
    try (RunFolder run = RunFolder.open(path, any -> 1_000_000)) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(
              () ->
                  Experiment.run(
                      Objects.requireNonNull(Models.named("linear")),
                      Data.MNIST,
                      options,
                      null,
                      run,
                      finished -> {},
                      new Nobody()))
          .withMessage(
              path + ": too little room: 2 MB are needed, with some to spare, and 1 MB are free");
    }
  }
}
