package io.github.snip4j.bench.story;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.options.RunOptions;
import io.github.snip4j.bench.report.Facts;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.Headline;
import io.github.snip4j.bench.report.Learning;
import io.github.snip4j.bench.report.Mistakes;
import io.github.snip4j.bench.report.Report;
import io.github.snip4j.bench.report.Section;
import io.github.snip4j.bench.result.Json;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.bench.result.TrainingResult;
import io.github.snip4j.bench.run.Experiment;
import io.github.snip4j.bench.run.RunSeeds;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Splits;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The report of a run: its results for somebody who never saw the code. */
final class RunReport {
  private final RunResult result;
  private final Splits splits;

  /**
   * @param splits under their true labels
   */
  RunReport(RunResult result, Splits splits) {
    this.result = result;
    this.splits = splits;
  }

  /**
   * The page.
   *
   * @param scored the network as it was scored
   * @param trained the pruned network after the last step
   */
  Report report(
      PruningSummary pruning,
      Network scored,
      Network trained,
      Map<String, Mask> masks,
      Batch batch,
      RunSeeds draws) {
    RunOptions options = result.options();
    PruningSections sections =
        new PruningSections(
            pruning,
            options.scoring(),
            trained,
            masks,
            new PruningSections.ScoredBatch(
                batch,
                BatchDescription.of(batch.size(), options.data()),
                splits.train().normalization()));
    List<Headline> headlines = new ArrayList<>(List.of(error()));
    headlines.addAll(sections.headlines());
    headlines.add(time());

    List<Section> all = new ArrayList<>();
    all.addAll(sections.counts());
    sections
        .firstLayer(
            options.retraining().isOn()
                ? List.of() // they would be those of the network before it was trained
                : PerClassMasks.of(
                    scored,
                    splits,
                    draws,
                    options.sensitivityBatch(),
                    options.sparsity(),
                    options.biases(),
                    options.scoring()))
        .ifPresent(all::add);
    later().map(LevelsStory::section).ifPresent(all::add);
    all.add(learning());
    movement().map(story -> story.section(result.kappa(), epoch())).ifPresent(all::add);
    all.add(Mistakes.of(trained, splits.test()));
    all.add(facts());
    return new Report(
        later().map(LevelsStory::title).orElse("A network pruned before training"),
        share() + (" of " + options.model() + " pruned, trained on " + options.data().title()),
        later()
                .map(
                    story ->
                        options.retraining().hasRival()
                            ? sections.sentenceOfMethod(options.retraining().rival().words())
                            : sections.sentenceOf(story.when()))
                .orElseGet(() -> sentence(sections, scored, masks))
            + (" " + outcome()),
        headlines,
        all,
        ReportFooter.words(result.machine(), source()));
  }

  /** Whose idea it is. */
  private String source() {
    RunOptions options = result.options();
    return options.retraining().hasRival()
        ? options.retraining().rival().source()
        : ReportFooter.source(options.scoring().criterion());
  }

  /** The share that was pruned: as it was asked for, or as the method found. */
  private String share() {
    RunOptions options = result.options();
    return options.retraining().rival().takesSparsity()
        ? Format.sparsity(options.sparsity())
        : Format.percent(1 - (double) result.kappa() / result.m());
  }

  /** How the connections were chosen, if they were. */
  private String sentence(PruningSections sections, Network scored, Map<String, Mask> masks) {
    boolean given = !scored.masks().isEmpty();
    for (Map.Entry<String, Mask> one : masks.entrySet()) {
      Mask before = scored.masks().get(one.getKey());
      int kept = before == null ? one.getValue().shape().size() : before.kept();
      given &= one.getValue().kept() == kept;
    }
    return given
        ? sections.sentenceOfGiven()
        : result.options().weights() != null || result.options().masks() != null
            ? sections.sentenceOfWeights()
            : sections.sentence();
  }

  private String outcome() {
    TrainingResult dense = result.dense();
    String moved = movement().map(story -> " " + story.sentence()).orElse("");
    String trained =
        "What was left was trained for " + Format.count(result.options().iterations()) + " steps";
    String whole =
        result.options().retraining().inRounds()
            ? "before it was pruned"
            : "trained in the same way";
    return later().map(LevelsStory::training).orElse(trained)
        + (", and gets " + testError(result.pruned()))
        + (" of the " + Format.count(splits.test().size()) + " test examples wrong")
        + (dense == null ? "." : "; the whole network, " + whole + ", " + testError(dense) + ".")
        + moved;
  }

  /** What there is to say of a network that was not pruned before it was trained. */
  private Optional<LevelsStory> later() {
    return result.options().retraining().isOn()
        ? Optional.of(new LevelsStory(result.options(), result.levels()))
        : Optional.empty();
  }

  /** What there is to say of connections that moved, if they did. */
  private Optional<MovementStory> movement() {
    return Optional.ofNullable(result.pruned().movement())
        .map(movement -> new MovementStory(movement, result.options().moving()));
  }

  private int epoch() {
    return (splits.train().size() - 1) / result.options().batch() + 1;
  }

  private Headline error() {
    TrainingResult dense = result.dense();
    return new Headline(
        testError(result.pruned()),
        "Test error",
        dense == null
            ? "of " + Format.count(splits.test().size()) + " examples"
            : testError(dense) + " without pruning");
  }

  private Headline time() {
    TrainingResult dense = result.dense();
    if (result.options().retraining().inRounds()) {
      double seconds = later().map(LevelsStory::seconds).orElse(0.0);
      String steps = Format.count(result.options().iterations()) + " steps in all";
      return new Headline(Format.time(seconds), "Training time", steps);
    }
    return new Headline(
        Format.time(result.pruned().trainingSeconds()),
        "Training time",
        dense == null
            ? Format.count(result.options().iterations()) + " steps"
            : Format.time(dense.trainingSeconds()) + " without pruning");
  }

  private static String testError(TrainingResult trained) {
    return Format.percent(trained.last().test().error());
  }

  private Learning learning() {
    String text =
        ("An epoch is once through all "
                + Format.count(splits.train().size())
                + " training examples.")
            + (" The error is measured on " + Format.count(splits.validation().size()) + " others.")
            + drops(result.method().rateDropsAt())
            + (result.options().data().labels() == DataSpec.Labels.RANDOM
                ? " The labels of both are random, so there is nothing to learn but by heart."
                : "")
            + (result.options().retraining().hasRival()
                ? " Of the method's own training only the end is known."
                : result.options().retraining().inRounds()
                    ? " The curve of the pruned network is that of its last retraining."
                    : "");
    List<Learning.Training> trainings = new ArrayList<>();
    trainings.add(new Learning.Training(Experiment.PRUNED, points(result.pruned())));
    TrainingResult dense = result.dense();
    if (dense != null) {
      trainings.add(new Learning.Training(Experiment.DENSE, points(dense)));
    }
    return new Learning(text, trainings);
  }

  private static String drops(List<Long> steps) {
    if (steps.isEmpty()) {
      return "";
    }
    return steps.size() > 3
        ? (" The learning rate falls to a tenth " + steps.size() + " times, first after step ")
            + (Format.count(steps.get(0)) + ".")
        : " The learning rate falls to a tenth after step "
            + steps.stream().map(Format::count).collect(Collectors.joining(" and "))
            + ".";
  }

  private List<Learning.Point> points(TrainingResult trained) {
    int epoch = epoch();
    return trained.curve().stream()
        .map(
            point ->
                new Learning.Point(
                    (double) point.step() / epoch,
                    point.validation().error(),
                    point.trainingLoss()))
        .toList();
  }

  private Facts facts() {
    JsonObject all = JsonParser.parseString(Json.write(result)).getAsJsonObject();
    List<Facts.Fact> facts = new ArrayList<>();
    JsonObject method = all.getAsJsonObject("method");
    method.remove("updateRule"); // the options say so
    if (!result.options().retraining().isOn()) {
      all.getAsJsonObject("options").remove("retraining");
    }
    if (!result.options().moving().isOn()) {
      all.getAsJsonObject("options").remove("moving");
    }
    facts.addAll(Facts.of(all.get("options")));
    facts.addAll(Facts.of(method));
    all.keySet().retainAll(Set.of("machine", "examples"));
    facts.addAll(Facts.of(all));
    return new Facts(
        "The same seed gives the same network, bit for bit, whatever the number of threads. All"
            + " numbers of this page are in result.json beside it, the network in network.npz.",
        facts);
  }
}
