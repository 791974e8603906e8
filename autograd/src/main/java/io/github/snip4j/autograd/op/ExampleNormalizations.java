package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;
import io.github.snip4j.core.internal.kernel.Axes;
import io.github.snip4j.core.internal.kernel.LayerNormKernel;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * Normalisation of each example by a mean and a variance of its own, in training and in use alike;
 * formula in {@link LayerNormKernel}.
 */
public final class ExampleNormalizations {
  private ExampleNormalizations() {}

  /**
   * Layer normalisation over the axes that the scale has, from a given one on: features {@code [E,
   * N]} from axis 0, sequences {@code [T, E, N]} from axis 1, in either case with a scale {@code
   * [E]}.
   *
   * @param scale of the shape of these axes of x
   * @param shift likewise
   * @param first the first of these axes; negative counts from the end
   * @throws IllegalArgumentException if the shapes do not fit, or there is nothing to take a mean
   *     of
   */
  public static Variable layerNorm(
      Variable x, Variable scale, Variable shift, int first, double eps) {
    LayerNormKernel norm =
        LayerNormKernel.ofAxes(x.value(), scale.value(), shift.value(), first, eps);
    Operation operation =
        Operation.composed(
                "layer norm",
                in -> layerNorm(in.get(0), in.get(1), in.get(2), first, eps),
                in -> layerNormInParts(in.get(0), in.get(1), in.get(2), first, eps),
                List.of(x, scale, shift))
            .withUnitsAlong(Axes.index(x.shape(), first));
    return differentiable(operation, norm, x, scale, shift);
  }

  /**
   * Group normalisation: over the channels of each group and their images. One group is layer
   * normalisation of images, as many groups as channels is instance normalisation.
   *
   * @param x {@code [C, ..., N]}
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   * @param groups divides C
   * @throws IllegalArgumentException if the shapes do not fit, or there is nothing to take a mean
   *     of
   */
  public static Variable groupNorm(
      Variable x, Variable scale, Variable shift, int groups, double eps) {
    LayerNormKernel norm =
        LayerNormKernel.ofGroups(x.value(), scale.value(), shift.value(), groups, eps);
    Operation operation =
        Operation.composed(
            "group norm",
            in -> groupNorm(in.get(0), in.get(1), in.get(2), groups, eps),
            in -> groupNormInParts(in.get(0), in.get(1), in.get(2), groups, eps),
            List.of(x, scale, shift));
    return differentiable(operation, norm, x, scale, shift);
  }

  private static Variable differentiable(
      Operation operation, LayerNormKernel norm, Variable x, Variable scale, Variable shift) {
    JointGradient<LayerNormKernel.Gradients> gradients =
        new JointGradient<>(norm::gradients, x, scale, shift);
    return Variable.of(
        operation,
        norm.y(),
        x.pull(dy -> gradients.of(dy).dx()),
        scale.pull(dy -> gradients.of(dy).dScale()),
        shift.pull(dy -> gradients.of(dy).dShift()));
  }

  private static Variable layerNormInParts(
      Variable x, Variable scale, Variable shift, int first, double eps) {
    int begin = Axes.index(x.shape(), first);
    int end = begin + scale.shape().rank();
    int[] lengths = x.shape().toArray();
    int[] own = new int[lengths.length];
    Arrays.fill(own, 1);
    System.arraycopy(lengths, begin, own, begin, end - begin);
    int outer = Shape.of(Arrays.copyOf(lengths, begin)).size();
    return scaled(columns(x, outer, scale.value().size(), eps), scale, shift, Shape.of(own));
  }

  private static Variable groupNormInParts(
      Variable x, Variable scale, Variable shift, int groups, double eps) {
    int[] own = new int[x.shape().rank()];
    Arrays.fill(own, 1);
    own[0] = x.shape().dim(0);
    int rows = x.shape().dropLast().size() / groups;
    return scaled(columns(x, groups, rows, eps), scale, shift, Shape.of(own));
  }

  /** h: x as {@code [outer, rows, inner]}, normalised along the rows. */
  private static Variable columns(Variable x, int outer, int rows, double eps) {
    int inner = outer == 0 ? 0 : x.value().size() / (outer * rows);
    Variable seen = Shapes.reshape(x, Shape.of(outer, rows, inner));
    Variable mean = Reductions.mean(seen, Reductions.Reduced.STAYS, 1);
    Variable variance = Reductions.variance(seen, Reductions.Reduced.STAYS, 1);
    Variable epsilon = Variable.constant(Tensor.scalar((float) eps));
    Variable h =
        Arithmetic.divide(
            Arithmetic.subtract(seen, mean), Elementwise.sqrt(Arithmetic.add(variance, epsilon)));
    return Shapes.reshape(h, x.shape());
  }

  private static Variable scaled(Variable h, Variable scale, Variable shift, Shape own) {
    Variable times = Arithmetic.multiply(h, Shapes.reshape(scale, own));
    return Arithmetic.add(times, Shapes.reshape(shift, own));
  }
}
