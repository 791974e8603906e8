package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;

/** What whole runs are to reach, and training steps on two threads. */
final class RunTargets {
  /** The network of the default run, as training steps name it. */
  static final String DEFAULT = "lenet-300-100-98-100";

  /** Steps of the pruned default network, enough of them that Java compiles early in the run. */
  static final Job SPARSE_STEP = Job.step("0.98", "30000");

  static final Job DENSE_STEP = Job.step("0", "10000");

  static final Job DEFAULT_RUN = Job.wholeRun();

  /** Networks that two threads are to share. */
  static final List<String> SHARED =
      List.of(
          "lenet-5-caffe-99-100",
          "lstm-s-95-100",
          "gru-s-95-100",
          "vgg-like-97-32",
          "wrn-16-8-95-32");

  private RunTargets() {}

  static List<Target> of(Figures figures) {
    Job sparse = Job.training(DEFAULT, "sparse", Start.TWO_THREADS);
    Job dense = Job.training(DEFAULT, "dense", Start.TWO_THREADS);
    List<Target> targets = new ArrayList<>();
    targets.add(
        Target.atMost(
            1.25,
            "x",
            "A step within a run: time over the step by itself",
            List.of(
                figures.against(DEFAULT + ", sparse", sparse, SPARSE_STEP),
                figures.against(DEFAULT + ", dense", dense, DENSE_STEP))));
    targets.add(
        Target.atMost(
            15,
            "s",
            "The default run, from start to end",
            List.of(
                new Target.Case(
                    "two threads",
                    1e-6 * figures.microseconds(DEFAULT_RUN),
                    figures.spread(DEFAULT_RUN)))));
    targets.add(
        Target.atMost(
            300,
            "MB",
            "The default run: memory, at most",
            List.of(new Target.Case("two threads", 1e-6 * figures.bytes(DEFAULT_RUN)))));
    List<Target.Case> two = new ArrayList<>();
    for (String workload : SHARED) {
      for (String variant : List.of("sparse", "dense")) {
        two.add(
            figures.against(
                workload + ", " + variant,
                Job.training(workload, variant, Start.TWO_THREADS),
                Job.training(workload, variant, Start.ONE_THREAD)));
      }
    }
    targets.add(Target.atLeast(1.7, "Training step, two threads against one", two));
    return targets;
  }
}
