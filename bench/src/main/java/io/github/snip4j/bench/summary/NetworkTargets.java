package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;

/** What training steps of whole networks are to reach, on two threads. */
final class NetworkTargets {
  private static final List<Goal> GOALS =
      List.of(
          new Goal("lenet-300-100-98-100", 1.0, 8),
          new Goal("lenet-5-caffe-99-100", 1.0, 5),
          new Goal("lstm-s-95-100", 0.9, 5),
          new Goal("gru-s-95-100", 0.9, 5),
          new Goal("vgg-like-97-32", 1.2, 5),
          new Goal("wrn-16-8-95-32", 1.2, 6));

  private NetworkTargets() {}

  /**
   * What is asked for against PyTorch.
   *
   * @param time of our dense step, at most, where PyTorch's is 1
   * @param gain of our sparse step over it, at least
   */
  private record Goal(String workload, double time, double gain) {}

  static List<Target> of(Figures figures) {
    List<Target> targets = new ArrayList<>();
    for (Goal goal : GOALS) {
      Target.Case time =
          figures.against(goal.workload, Job.peerTraining(goal.workload), dense(goal.workload));
      targets.add(
          Target.atMost(
              goal.time, "x", "Training step, dense: time against PyTorch", List.of(time)));
    }
    for (Goal goal : GOALS) {
      targets.add(sparseAgainstPyTorch(goal.gain, goal.workload, figures));
    }
    targets.add(sparseAgainstPyTorch(1.5, "decoder-90-16", figures));
    String mlp = "lenet-300-100-98-100";
    targets.add(
        Target.atLeast(
            6,
            "Training step, sparse, against our dense one",
            List.of(figures.against(mlp, sparse(mlp), dense(mlp)))));
    targets.add(
        Target.atLeast(
            0.6,
            "Training step, sparse: rate on kept weights against our dense one",
            List.of(rate("lenet-5-caffe-99-100", figures), rate("vgg-like-97-32", figures))));
    return targets;
  }

  private static Target sparseAgainstPyTorch(double gain, String workload, Figures figures) {
    Target.Case times = figures.against(workload, sparse(workload), Job.peerTraining(workload));
    return Target.atLeast(gain, "Training step, sparse, against PyTorch, dense", List.of(times));
  }

  /** The share of what fewer multiplications would allow. */
  private static Target.Case rate(String workload, Figures figures) {
    return new Target.Case(
        workload, figures.gflops(sparse(workload)) / figures.gflops(dense(workload)));
  }

  private static Job dense(String workload) {
    return Job.training(workload, "dense", Start.TWO_THREADS);
  }

  private static Job sparse(String workload) {
    return Job.training(workload, "sparse", Start.TWO_THREADS);
  }
}
