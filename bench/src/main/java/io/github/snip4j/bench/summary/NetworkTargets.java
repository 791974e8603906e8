package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;

/** What training steps of whole networks are to reach, on two threads. */
final class NetworkTargets {
  private static final List<Goal> GOALS =
      List.of(
          new Goal("lenet-300-100-98-100", 1.0, 8),
          new Goal("lenet-5-caffe-99-100", 1.0, 5),
          new Goal("lstm-s-95-100", 1.0, 5),
          new Goal("vgg-like-97-32", 1.2, 3));

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
      double times = figures.speedUp(Job.peerTraining(goal.workload), dense(goal.workload));
      targets.add(
          Target.atMost(
              goal.time,
              "x",
              "Training step, dense: time against PyTorch",
              one(goal.workload, times)));
    }
    for (Goal goal : GOALS) {
      double times = figures.speedUp(sparse(goal.workload), Job.peerTraining(goal.workload));
      targets.add(
          Target.atLeast(
              goal.gain,
              "Training step, sparse, against PyTorch, dense",
              one(goal.workload, times)));
    }
    String decoder = "decoder-90-16";
    targets.add(
        Target.atLeast(
            1.5,
            "Training step, sparse, against PyTorch, dense",
            one(decoder, figures.speedUp(sparse(decoder), Job.peerTraining(decoder)))));
    String mlp = "lenet-300-100-98-100";
    targets.add(
        Target.atLeast(
            6,
            "Training step, sparse, against our dense one",
            one(mlp, figures.speedUp(sparse(mlp), dense(mlp)))));
    targets.add(
        Target.atLeast(
            0.6,
            "Training step, sparse: rate on kept weights against our dense one",
            List.of(rate("lenet-5-caffe-99-100", figures), rate("vgg-like-97-32", figures))));
    return targets;
  }

  private static List<Target.Case> one(String workload, double value) {
    return List.of(new Target.Case(workload, value));
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
