package io.github.snip4j.bench.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What one answer of a predictor may take, the median of one thread's, and its start. */
final class PredictorTargets {
  private static final String MLP = "lenet-300-100-98-1";

  private static final List<Goal> GOALS =
      List.of(
          new Goal(MLP, "sparse", Start.ONE_THREAD, 5),
          new Goal(MLP, "dense", Start.ONE_THREAD, 25),
          new Goal(MLP, "dense", Start.WITHOUT_VECTORS, 160),
          new Goal("lenet-5-caffe-99-1", "sparse", Start.ONE_THREAD, 60),
          new Goal("lstm-s-95-1", "sparse", Start.ONE_THREAD, 300));

  private PredictorTargets() {}

  /**
   * One answer.
   *
   * @param most microseconds
   */
  private record Goal(String workload, String variant, Start start, double most) {
    private Target target(Figures figures) {
      String what = "One example, " + variant + ", " + start + ": time of a predictor";
      double time = figures.microseconds(Job.predictor(workload, variant, start));
      double spread = figures.spread(Job.predictor(workload, variant, start));
      return Target.atMost(most, "µs", what, List.of(new Target.Case(workload, time, spread)));
    }
  }

  /** How many times PyTorch's speed large networks are to have, one example at a time. */
  private static Target large(String variant, double times, Figures figures) {
    List<Target.Case> cases =
        Stream.of("vgg-like-97-1", "wrn-16-8-95-1")
            .map(
                workload ->
                    figures.against(
                        workload,
                        Job.predictor(workload, variant, Start.ONE_THREAD),
                        Job.peerPredictor(workload, "PyTorch", Start.ONE_THREAD)))
            .toList();
    String what = "One example, " + variant + ": a predictor against PyTorch, dense";
    return Target.atLeast(times, what, cases);
  }

  private static Job start(String what) {
    return Job.predictorStart(what, MLP, "sparse");
  }

  static List<Target> of(Figures figures) {
    List<Target> targets =
        new ArrayList<>(GOALS.stream().map(goal -> goal.target(figures)).toList());
    targets.add(large("dense", 0.8, figures));
    targets.add(large("sparse", 4, figures));
    targets.add(
        Target.atMost(
            1.5,
            "s",
            "Predictor in a new Java: warm-up",
            List.of(new Target.Case(MLP, figures.microseconds(start("warmUp")) / 1e6))));
    targets.add(
        Target.atMost(
            1,
            "x",
            "Predictor in a new Java: first answer after the warm-up over the hundredth",
            List.of(new Target.Case(MLP, figures.speedUp(start("hundredth"), start("first"))))));
    return targets;
  }
}
