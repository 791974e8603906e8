package io.github.snip4j.nn.objective;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Losses;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.data.Targets;
import io.github.snip4j.core.internal.kernel.SoftmaxKernel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Softmax cross-entropy between logits {@code [classes, N]}, or {@code [classes, positions ...,
 * N]}, and labels, or probabilities of the logits' shape; PyTorch's {@code CrossEntropyLoss}.
 *
 * <p>L = Σ<sub>n</sub> w<sub>y</sub> l<sub>n</sub> / Σ<sub>n</sub> w<sub>y</sub> over the labels y
 * that are not ignored; of probabilities q the loss is -Σ<sub>k</sub> w<sub>k</sub> q<sub>k</sub>
 * ln p<sub>k</sub>, averaged over the examples (and positions).
 *
 * @param weights w, one for each class, at least 0; none for 1 each
 * @param smoothing from 0 to 1: the share of each target that is spread over all classes
 * @param ignored a label that stands for no target; {@link #NONE} if all count
 */
public record CrossEntropy(List<Double> weights, double smoothing, int ignored)
    implements Objective {
  /** No label is ignored. */
  public static final int NONE = Integer.MIN_VALUE;

  /** All classes and labels count alike. */
  public static final CrossEntropy PLAIN = new CrossEntropy(List.of(), 0, NONE);

  /** Copies the weights, and checks the ranges. */
  public CrossEntropy {
    weights = List.copyOf(weights);
    for (double w : weights) {
      if (!(w >= 0 && w <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "cross-entropy: class weight " + w + ": expected a number of at least 0");
      }
    }
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "cross-entropy: label smoothing " + smoothing + " is not from 0 to 1");
    }
  }

  /** This objective with weights of the classes. */
  public CrossEntropy weighted(Double... classWeights) {
    return new CrossEntropy(List.of(classWeights), smoothing, ignored);
  }

  /** This objective with a share of each target spread over all classes. */
  public CrossEntropy smoothed(double share) {
    return new CrossEntropy(weights, share, ignored);
  }

  /** This objective where a label stands for no target. */
  public CrossEntropy ignoring(int label) {
    return new CrossEntropy(weights, smoothing, label);
  }

  @Override
  public Variable loss(Variable outputs, Targets targets) {
    Variable logits = flat(outputs);
    if (!targets.areLabels()) {
      Probabilities.check("cross-entropy", targets.values());
      Probabilities.checkSums("cross-entropy", flat(targets.values()));
      return Losses.crossEntropy(logits, sharesOf(outputs.shape(), targets.values()));
    }
    int[] labels = targets.labels();
    return weights.isEmpty() && ignored == NONE
        ? Losses.crossEntropy(logits, labels, (float) smoothing)
        : Losses.crossEntropy(logits, sharesOf(logits.shape(), labels));
  }

  /** Σ w<sub>y</sub> over the labels that count; of probabilities the number of examples. */
  @Override
  public double count(Targets targets) {
    if (!targets.areLabels()) {
      Shape shape = targets.shape();
      return (double) shape.size() / Math.max(1, shape.dim(0));
    }
    double sum = 0;
    for (int label : targets.labels()) {
      sum += label == ignored ? 0 : weight(label);
    }
    return sum;
  }

  /** Labels that are not the largest logit's class; of probabilities, the most probable class. */
  @Override
  public Answers answers(Tensor outputs, Targets targets) {
    Tensor logits = outputs.reshape(flat(outputs.shape()));
    int columns = logits.shape().dim(1);
    int wrong = 0;
    int all = 0;
    for (int n = 0; n < columns; n++) {
      int label = targets.areLabels() ? targets.labels()[n] : largest(flat(targets.values()), n);
      all += label == ignored ? 0 : 1;
      wrong += label == ignored || largest(logits, n) == label ? 0 : 1;
    }
    return new Answers(wrong, all);
  }

  /**
   * The class of the largest logit of an example, of equal ones the first; -1 if one is not a
   * number: a network that has gone wrong is right about nothing.
   *
   * @param logits {@code [classes, N]}
   */
  public static int largest(Tensor logits, int example) {
    int n = logits.shape().dim(1);
    int best = 0;
    for (int k = 0; k < logits.shape().dim(0); k++) {
      float logit = logits.at(k * n + example);
      if (Float.isNaN(logit)) {
        return -1;
      }
      if (logit > logits.at(best * n + example)) {
        best = k;
      }
    }
    return best;
  }

  @Override
  public boolean isOfLogits() {
    return true;
  }

  /** H = s (diag(p) - p p<sup>T</sup>) at each position, with s what its target weighs. */
  @Override
  public List<Tensor> curvature(Tensor outputs, Targets targets) {
    Tensor logits = flat(outputs);
    int classes = logits.shape().dim(0);
    int columns = logits.shape().dim(1);
    Tensor p = SoftmaxKernel.softmax(logits);
    List<Tensor> roots = new ArrayList<>();
    for (int n = 0; n < columns; n++) {
      double scale = weightAt(targets, n, columns);
      for (int k = 0; k < classes; k++) {
        Tensor root = Tensor.zeros(logits.shape()); // √(s p_k) d ln p_k / d logits
        double length = Math.sqrt(scale * p.at(k * columns + n));
        for (int i = 0; i < classes; i++) {
          int at = i * columns + n;
          root.put(at, (float) (length * ((i == k ? 1 : 0) - p.at(at))));
        }
        roots.add(root.reshape(outputs.shape()));
      }
    }
    return roots;
  }

  /** The sum of what the classes' logarithms are multiplied by at a position. */
  private double weightAt(Targets targets, int n, int columns) {
    double sum = 0;
    if (targets.areLabels()) {
      int label = targets.labels()[n];
      if (label == ignored) {
        return 0;
      }
      sum = (1 - smoothing) * weight(label);
      if (smoothing > 0) {
        sum += smoothing * (weights.isEmpty() ? 1 : mean(weights));
      }
      return sum;
    }
    Tensor q = flat(targets.values());
    int classes = q.shape().dim(0);
    for (int k = 0; k < classes; k++) {
      sum += weight(k) * smoothed(q.at(k * columns + n), classes);
    }
    return sum;
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(w -> w).sum() / numbers.size();
  }

  private double weight(int k) {
    if (weights.isEmpty()) {
      return 1;
    }
    if (k < 0 || k >= weights.size()) {
      throw new IllegalArgumentException(
          "cross-entropy: label "
              + k
              + " is not among the "
              + weights.size()
              + " weighted classes");
    }
    return weights.get(k);
  }

  private double smoothed(double probability, int classes) {
    return (1 - smoothing) * probability + smoothing / classes;
  }

  private Tensor sharesOf(Shape logits, int[] labels) {
    int classes = logits.dim(0);
    int columns = logits.dim(1);
    checkWeights(classes);
    if (columns != labels.length) {
      throw new IllegalArgumentException(
          "cross-entropy: logits " + logits + " and " + labels.length + " labels");
    }
    double count = count(Targets.labels(labels));
    if (count == 0) {
      throw new IllegalArgumentException(
          ("cross-entropy: none of the " + labels.length + " labels counts: all are ignored, or of")
              + " classes with weight 0");
    }
    Tensor shares = Tensor.zeros(logits);
    for (int n = 0; n < columns; n++) {
      if (labels[n] == ignored) {
        continue;
      }
      if (labels[n] < 0 || labels[n] >= classes) {
        throw new IllegalArgumentException(
            ("cross-entropy: label " + labels[n] + " of example " + n)
                + (" is not among the " + classes + " classes"));
      }
      for (int k = 0; k < classes; k++) {
        double target = smoothed(k == labels[n] ? 1 : 0, classes);
        shares.put(k * columns + n, (float) (weight(k) * target / count));
      }
    }
    return shares;
  }

  private Tensor sharesOf(Shape outputs, Tensor probabilities) {
    if (!probabilities.shape().equals(outputs)) {
      throw new IllegalArgumentException(
          ("cross-entropy: logits " + outputs + " and probabilities " + probabilities.shape())
              + ": expected the same shape, or labels");
    }
    Tensor q = flat(probabilities);
    int classes = q.shape().dim(0);
    int columns = q.shape().dim(1);
    checkWeights(classes);
    Tensor shares = Tensor.zeros(q.shape());
    for (int i = 0; i < shares.size(); i++) {
      shares.put(i, (float) (weight(i / columns) * smoothed(q.at(i), classes) / columns));
    }
    return shares;
  }

  private void checkWeights(int classes) {
    if (!weights.isEmpty() && weights.size() != classes) {
      throw new IllegalArgumentException(
          ("cross-entropy: " + weights.size() + " class weights for " + classes + " logits:")
              + " expected one for each");
    }
  }

  private static Variable flat(Variable outputs) {
    return outputs.shape().rank() == 2 ? outputs : Shapes.reshape(outputs, flat(outputs.shape()));
  }

  private static Tensor flat(Tensor tensor) {
    return tensor.reshape(flat(tensor.shape()));
  }

  /** {@code [classes, positions and examples]}. */
  private static Shape flat(Shape shape) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "cross-entropy: logits " + shape + ": expected [classes, N] or more axes between them");
    }
    return Shape.of(
        shape.dim(0), Arrays.stream(shape.toArray()).skip(1).reduce(1, (a, b) -> a * b));
  }
}
