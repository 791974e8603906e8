package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.CriterionKind;
import io.github.snip4j.bench.options.ScoringSpec;
import io.github.snip4j.bench.report.ExamplePicture;
import io.github.snip4j.bench.report.Filters;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.Headline;
import io.github.snip4j.bench.report.InputPixels;
import io.github.snip4j.bench.report.KeptLayers;
import io.github.snip4j.bench.report.KeptPixels;
import io.github.snip4j.bench.report.Scored;
import io.github.snip4j.bench.report.Section;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.PruningSummary;
import io.github.snip4j.core.data.Batch;
import io.github.snip4j.datasets.Normalization;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a report says of a pruning, whether anything is trained afterwards or not. */
final class PruningSections {
  private final PruningSummary pruning;
  private final ScoringSpec scoring;
  private final Network network;
  private final Map<String, Mask> masks;
  private final ScoredBatch batch;

  /**
   * What the connections were scored on.
   *
   * @param words as in {@code 100 examples of mnist}
   * @param normalization how its numbers were made of pixels
   */
  record ScoredBatch(Batch batch, String words, Normalization normalization) {}

  /**
   * @param network whose weights are shown
   * @param masks by parameter name
   */
  PruningSections(
      PruningSummary pruning,
      ScoringSpec scoring,
      Network network,
      Map<String, Mask> masks,
      ScoredBatch batch) {
    this.pruning = pruning;
    this.scoring = scoring;
    this.network = network;
    this.masks = masks;
    this.batch = batch;
  }

  /** How many connections are kept, of how many, and why these. */
  String sentence() {
    return sentenceOf("before any training");
  }

  /**
   * How many connections are kept, of how many, and why these, for a pruning at any time.
   *
   * @param when as in {@code before any training}
   */
  /** How connections were chosen, of a method that says itself which. */
  String sentenceOfMethod(String method) {
    return sentence("chosen by " + method);
  }

  String sentenceOf(String when) {
    return sentence("chosen " + when + " by " + reason());
  }

  /** How many connections are kept by masks that somebody gave, which nothing was added to. */
  String sentenceOfGiven() {
    return sentence("as the masks say that were given");
  }

  /** How many connections are kept of given weights, which may be trained already, and why. */
  String sentenceOfWeights() {
    return sentenceOf("before this training");
  }

  private String sentence(String how) {
    return ("Of the " + Format.count(pruning.m()) + " connections of the neural network ")
        + (network.name() + ", ")
        + (Format.count(pruning.kappa()) + " were kept, " + how)
        + switch (scoring.sanity()) {
          case NONE -> ".";
          case SHUFFLE -> ", and then, as a check, put at random places of each layer.";
          case INVERT -> ". As a check, those were kept that this prunes first.";
        };
  }

  private String reason() {
    String rounds = scoring.rounds() == 1 ? "" : ", in " + scoring.rounds() + " rounds";
    if (scoring.criterion().isSensitivity()) {
      return ("how sensitive the loss on " + batch.words() + " is to each of them") + rounds;
    }
    return scoring.criterion().words()
        + (scoring.criterion().needsData() ? " on " + batch.words() : "")
        + rounds;
  }

  /** The numbers that are seen first. */
  List<Headline> headlines() {
    double kept = (double) pruning.kappa() / pruning.m();
    return List.of(
        new Headline(
            Format.count(pruning.kappa()),
            "Connections kept",
            "of " + Format.count(pruning.m()) + ", so " + Format.percent(kept)),
        new Headline(Format.percent(1 - kept), "Sparsity", oneIn(1 / kept)));
  }

  private static String oneIn(double all) {
    long whole = Math.round(all);
    String about = Math.abs(all - whole) < 0.005 * all ? "" : "about ";
    return whole < 2
        ? "the share that is pruned"
        : about + "1 in " + Format.count(whole) + " connections is left";
  }

  /** How the choice was made, and what is left of each layer. */
  List<Section> counts() {
    List<KeptLayers.Layer> layers =
        KeptCount.perLayer(pruning.parameters()).stream()
            .map(layer -> new KeptLayers.Layer(layer.name(), layer.size(), layer.kept()))
            .toList();
    KeptLayers kept = new KeptLayers(layers(), layers);
    return scoring.sanity() == ScoringSpec.Sanity.NONE
        ? List.of(new Scored(scores(), pruning.scores(), pruning.kappa(), scoring.isGlobal()), kept)
        : List.of(kept);
  }

  private String scores() {
    CriterionKind criterion = scoring.criterion();
    String score =
        criterion.isSensitivity()
            ? "The loss says how wrong the answers of a network are. The score of a connection is how"
                + (" much the loss on " + batch.words() + " would change if the connection were")
                + " weakened a little"
            : "The score of a connection is " + criterion.meaning();
    return score
        + ", as a share of the sum over all connections"
        + (pruning.scores().negative() == 0
            ? "."
            : ", signs aside; below 0, the opposite would happen.")
        + (" The " + Format.count(pruning.kappa()) + " connections with the largest scores stay")
        + (scoring.isGlobal() ? "." : ", layer by layer.")
        + (scoring.rounds() == 1
            ? ""
            : " These are the scores of the last round; what was pruned before counts as 0.");
  }

  private String layers() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        scoring.isGlobal()
            ? "The scores of all layers are compared with each other, so how much of each layer is"
                + " left follows from them alone."
            : "How much of each layer is left was given beforehand.");
    sentences.add(
        (Format.count(pruning.soundness().effective()) + " of the kept connections lie on a path")
            + " from input to output, so the effective sparsity is "
            + (Format.percent(pruning.soundness().effectiveSparsity()) + "."));
    List<KeptCount> biases =
        pruning.parameters().stream().filter(p -> p.role().equals("bias")).toList();
    KeptCount sum = KeptCount.total(biases);
    if (biases.stream().noneMatch(KeptCount::scored)) {
      sentences.add("The " + Format.count(sum.size()) + " biases were not scored, and all stay.");
    } else if (sum.kept() == 0) {
      sentences.add("No bias is kept.");
    }
    if (pruning.chosenByIndex() > 0) {
      sentences.add(
          (Format.count(pruning.chosenByIndex())
                  + " of those kept have score 0, which says nothing")
              + ": they were chosen by their place alone.");
    }
    pruning.parameters().stream()
        .filter(p -> p.role().equals("weight") && p.kept() == 0)
        .map(p -> "Nothing is left of " + p.name() + ": no signal passes that layer.")
        .forEach(sentences::add);
    String kinds =
        Stream.of("fc for a fully connected layer", "conv for a convolution")
            .filter(kind -> hasLayer(kind.substring(0, kind.indexOf(' '))))
            .collect(Collectors.joining(", "));
    sentences.add(
        kinds.isEmpty() ? "" : "In the names, " + kinds.replaceFirst(" for", " stands for") + ".");
    return String.join(" ", sentences);
  }

  private boolean hasLayer(String kind) {
    return network.parameters().stream()
        .map(p -> p.layer().substring(p.layer().lastIndexOf('.') + 1))
        .anyMatch(name -> name.startsWith(kind));
  }

  /**
   * What the first layer keeps, if that can be seen.
   *
   * @param classes the same for choices made on one class; may be empty
   */
  Optional<Section> firstLayer(List<InputPixels.Seen> classes) {
    Parameter first = first(network);
    Mask mask = masks.get(first.name());
    boolean pictures = ExamplePicture.canBeSeen(network.input());
    if (mask == null || !pictures) {
      return Optional.empty();
    }
    if (KeptPixels.canBeSeen(first.shape(), network.input())) {
      String text =
          ("The first layer connects each pixel of a picture to " + mask.shape().dim(0) + " units.")
              + " Here is how many of these connections each pixel keeps.";
      InputPixels.Seen used =
          new InputPixels.Seen(
              batch.words(),
              ExamplePicture.mean(batch.batch(), batch.normalization()),
              KeptPixels.of(mask, network.input()));
      return Optional.of(new InputPixels(text, used, classes));
    }
    if (first.shape().rank() == 4) {
      String text =
          ("The first layer moves " + mask.shape().dim(0) + " filters over the picture")
              + (network.input().dim(0) == 1
                  ? "."
                  : ", each shown as its part for red, for green and for blue.")
              + (" " + Format.count(mask.kept()) + " of their " + Format.count(mask.shape().size()))
              + " weights are kept; what is pruned is hatched.";
      return Optional.of(new Filters(text, first.dense(), mask));
    }
    return Optional.empty();
  }

  /** The weights of the first layer. */
  static Parameter first(Network network) {
    return network.parameters().stream()
        .filter(p -> p.role() == Parameter.Role.WEIGHT)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(network.name() + " has no weights"));
  }
}
