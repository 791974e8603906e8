package io.github.snip4j.nn.train;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.op.Arithmetic;
import io.github.snip4j.autograd.op.Elementwise;
import io.github.snip4j.autograd.op.PiecewiseLinear;
import io.github.snip4j.autograd.op.Reductions;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A term of the loss that depends on a parameter alone: what keeps weights small, in groups, or
 * near something. Training adds it to the network's objective; evaluation and criteria do not.
 */
@FunctionalInterface
public interface Penalty {
  /**
   * The term for a parameter.
   *
   * @param pass gives its values as {@code pass.values(p)}, those that exist, or as {@code
   *     pass.variable(p)}, of its whole shape
   * @return shape {@code []}; null if this one is not penalised
   */
  @Nullable Variable of(Parameter parameter, Pass pass);

  /** λ Σ |w|, which draws values to exactly 0. */
  static Penalty l1(double lambda, Predicate<Parameter> which) {
    return (p, pass) ->
        which.test(p) ? scaled(lambda, Reductions.sum(PiecewiseLinear.abs(pass.values(p)))) : null;
  }

  /** λ Σ w². */
  static Penalty l2(double lambda, Predicate<Parameter> which) {
    return (p, pass) -> which.test(p) ? scaled(lambda, squares(pass.values(p))) : null;
  }

  /**
   * λ Σ √(size of a row) ‖row‖ over the rows of a weight, {@code [out, ...]}: what draws whole
   * units and filters to 0 [Yuan, Lin, <i>Model selection and estimation in regression with grouped
   * variables</i>, 2006, equation 2.1; Wen et al., <i>Learning structured sparsity in deep neural
   * networks</i>, NIPS 2016, without the root of the size].
   */
  static Penalty groupLasso(double lambda, Predicate<Parameter> which) {
    return (p, pass) -> {
      if (!which.test(p)) {
        return null;
      }
      int rows = p.shape().dim(0);
      int length = p.size() / Math.max(1, rows);
      Variable w = Shapes.reshape(pass.variable(p), Shape.of(rows, length));
      Variable sums = Reductions.sum(Arithmetic.multiply(w, w), Reductions.Reduced.GOES, 1);
      Variable tiny = Variable.constant(Tensor.scalar(1e-12f)); // a norm of 0 has no derivative
      Variable norms = Elementwise.sqrt(Arithmetic.add(sums, tiny));
      return scaled(lambda * Math.sqrt(length), Reductions.sum(norms));
    };
  }

  /**
   * λ Σ (w - target)².
   *
   * @param targets by parameter name, of the parameter's whole shape, also where it is pruned: what
   *     exists is compared; parameters without one are not penalised. A target of another shape is
   *     refused when it is used
   */
  static Penalty distance(double lambda, Map<String, Tensor> targets) {
    return (p, pass) -> {
      Tensor target = targets.get(p.name());
      if (target == null) {
        return null;
      }
      p.structure().checkWhole("penalty: the target of " + p.name(), target);
      Variable w = pass.values(p);
      Tensor exists = p.structure().gather(target);
      Tensor own = w.shape().equals(exists.shape()) ? exists : p.structure().spread(exists);
      return scaled(lambda, squares(Arithmetic.subtract(w, Variable.constant(own))));
    };
  }

  private static Variable squares(Variable x) {
    return Reductions.sum(Arithmetic.multiply(x, x));
  }

  private static Variable scaled(double factor, Variable x) {
    return Arithmetic.multiply(x, Variable.constant(Tensor.scalar((float) factor)));
  }
}
