package io.github.snip4j.bench.options;

import io.github.snip4j.snip.Allocation;
import io.github.snip4j.snip.Biases;
import io.github.snip4j.snip.rival.DynamicNetworkSurgery;
import io.github.snip4j.snip.rival.LayerwiseBrainSurgeon;
import io.github.snip4j.snip.rival.LearningCompression;
import io.github.snip4j.snip.rival.LearningWeightsAndConnections;
import io.github.snip4j.snip.rival.OptimalBrainDamage;
import io.github.snip4j.snip.rival.Rival;
import io.github.snip4j.snip.rival.SoftWeightSharing;
import io.github.snip4j.snip.rival.Surgery;
import io.github.snip4j.snip.rival.TrainingPlan;
import io.github.snip4j.snip.rival.VariationalDropout;
import io.github.snip4j.snip.rival.WeightUpdate;
import java.util.Map;

/** The methods by name that the paper's table 1 compares SNIP with. */
public enum RivalKind {
  /** None of them: what a criterion chooses. */
  SNIP("", true, ""),
  /** Learning both weights and connections. */
  LWC("learning weights and connections", true, "Han, Pool, Tran and Dally, NIPS 2015"),
  /** Dynamic network surgery. */
  DNS("dynamic network surgery", false, "Guo, Yao and Chen, NIPS 2016"),
  /** Learning-compression. */
  LC("learning-compression", true, "Carreira-Perpiñán and Idelbayev, CVPR 2018"),
  /** Soft weight-sharing. */
  SWS("soft weight-sharing", false, "Ullrich, Meeds and Welling, ICLR 2017"),
  /** Sparse variational dropout. */
  VD("sparse variational dropout", false, "Molchanov, Ashukha and Vetrov, ICML 2017"),
  /** Optimal brain damage in rounds. */
  OBD("optimal brain damage", true, "LeCun, Denker and Solla, NIPS 1989"),
  /** Layer-wise optimal brain surgeon. */
  L_OBS("layer-wise optimal brain surgeon", true, "Dong, Chen and Pan, NIPS 2017");

  /** A shorter training leaves smaller weights, of which thresholds for a longer one keep none. */
  private static final double TRAINED = 0.5;

  /** The prior of soft weight-sharing acts once a batch: its settings are for so many examples. */
  private static final int SHARING_BATCH = 256;

  private final String words;
  private final boolean takesSparsity;
  private final String source;

  RivalKind(String words, boolean takesSparsity, String source) {
    this.words = words;
    this.takesSparsity = takesSparsity;
    this.source = source;
  }

  /** What it is called, in words. */
  public String words() {
    return words;
  }

  /** Whose idea it is. */
  public String source() {
    return source;
  }

  /** Whether it is told how much to prune; others find that out. */
  public boolean takesSparsity() {
    return takesSparsity;
  }

  /**
   * How many examples its batches have, where others of the run have so many.
   *
   * @param usual at least 1
   */
  public int batch(int usual) {
    return equals(SWS) ? SHARING_BATCH : usual;
  }

  /**
   * The method.
   *
   * @param model the network's name, as some settings are those of a network
   * @param sparsity the share to prune, where it is told
   * @param length what the epochs of its own settings are multiplied by; 0 for no retraining, which
   *     {@link #L_OBS} alone can do without
   * @throws IllegalStateException of {@link #SNIP}, which is none
   */
  public Rival create(String model, double sparsity, double length) {
    return switch (this) {
      case SNIP -> throw new IllegalStateException("SNIP is no rival of itself");
      case LWC ->
          new LearningWeightsAndConnections(
              sparsity, Map.of(), 3, TrainingPlan.of(epochs(10, length), 0.01));
      case DNS -> surgery(model, length);
      case LC -> new LearningCompression(sparsity, Biases.SCORED, rounds(length));
      case SWS -> new SoftWeightSharing(sharing(length));
      case VD -> new VariationalDropout(dropout(length));
      case OBD ->
          new OptimalBrainDamage(sparsity, 5, 500, TrainingPlan.of(epochs(5, length), 0.01));
      case L_OBS -> surgeon(sparsity, length);
    };
  }

  private static Rival surgeon(double sparsity, double length) {
    boolean retrains = length > 0;
    return new LayerwiseBrainSurgeon(
        sparsity,
        Allocation.erdosRenyiKernel(),
        WeightUpdate.LEAST_SQUARES,
        retrains ? 5 : 1,
        retrains ? 2 : 4,
        10_000,
        1e-6,
        retrains ? TrainingPlan.of(epochs(10, length), 0.05) : TrainingPlan.of(0, 0));
  }

  private static int epochs(int usual, double length) {
    return (int) Math.max(1, Math.round(usual * length));
  }

  /** The thresholds of LeNet-300-100 keep about as much as the authors' network has. */
  private static Rival surgery(String model, double length) {
    long stop = Math.max(1, Math.round(8_000 * length));
    Surgery linear = Surgery.LINEAR.until(stop);
    Map<String, Surgery> layers =
        model.equals("lenet-300-100") && length > TRAINED
            ? Map.of("fc1", linear.withC(5.7), "fc2", linear.withC(4.6), "fc3", linear.withC(1.9))
            : Map.of();
    return new DynamicNetworkSurgery(layers, new TrainingPlan(epochs(40, length), 0.01, 0.9, 1e-4));
  }

  private static LearningCompression.Rounds rounds(double length) {
    LearningCompression.Rounds r = LearningCompression.Rounds.SHORT;
    int count = epochs(r.count(), Math.min(1, Math.sqrt(length)));
    double growth = StrictMath.pow(r.growth(), (double) r.count() / count);
    int each = epochs(r.epochs(), length * r.count() / count);
    return new LearningCompression.Rounds(
        count, r.mu(), growth, each, each, r.rate(), r.rateDecay(), r.momentum());
  }

  private static SoftWeightSharing.Settings sharing(double length) {
    SoftWeightSharing.Settings s = SoftWeightSharing.Settings.SETTLING;
    int epochs = epochs(s.epochs(), length);
    return new SoftWeightSharing.Settings(
        s.components(),
        s.zeroProportion(),
        s.span(),
        s.deviation(),
        s.zeroPrior(),
        s.prior(),
        s.tau(),
        s.rate(),
        s.meanRate(),
        s.precisionRate(),
        s.proportionRate(),
        epochs,
        Math.min(epochs, epochs(s.flatEpochs(), length)));
  }

  private static VariationalDropout.Settings dropout(double length) {
    VariationalDropout.Settings s = VariationalDropout.Settings.SHORT;
    int epochs = epochs(s.epochs(), length);
    return new VariationalDropout.Settings(
        epochs,
        s.rate(),
        Math.min(epochs, epochs(s.flatEpochs(), length)),
        s.logVariance(),
        0,
        Math.min(epochs, epochs(s.warmUpUntil(), length)),
        s.threshold(),
        s.pruneInTraining());
  }
}
