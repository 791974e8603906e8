package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.autograd.op.Shapes;
import io.github.snip4j.core.internal.sparse.SparsePattern;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.nn.Mask;
import io.github.snip4j.nn.Parameter;
import io.github.snip4j.nn.Pass;
import io.github.snip4j.nn.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a node computes with: elements of one parameter or several, in the order and the axes that
 * the operation takes them. Pruned parameters make a pruned weight, of which only what is kept is
 * gathered.
 */
final class ParameterView {
  private final List<Parameter> parameters;
  private final int @Nullable [] index;
  private final Shape shape;
  private final @Nullable Structure structure; // null: all elements exist
  private final int @Nullable [] existing; // where those that exist are in the parameters' values

  /**
   * @param index of each element, in the parameters one after the other; null for all of the only
   *     parameter in order
   */
  ParameterView(List<Parameter> parameters, int @Nullable [] index, Shape shape) {
    this.parameters = parameters;
    this.index = index;
    this.shape = shape;
    if (parameters.stream().noneMatch(Parameter::isPruned)) {
      this.structure = null;
      this.existing = null;
      return;
    }
    int[] places = valuePlaces(parameters);
    boolean[] keep = new boolean[shape.size()];
    int kept = 0;
    for (int i = 0; i < keep.length; i++) {
      keep[i] = places[index == null ? i : index[i]] >= 0;
      kept += keep[i] ? 1 : 0;
    }
    this.existing = new int[kept];
    int next = 0;
    for (int i = 0; i < keep.length; i++) {
      if (keep[i]) {
        existing[next++] = places[index == null ? i : index[i]];
      }
    }
    this.structure = structure(new Mask(shape, keep));
  }

  /** Where each element of the parameters is among their values; -1 if it does not exist. */
  private static int[] valuePlaces(List<Parameter> parameters) {
    int[] places = new int[parameters.stream().mapToInt(Parameter::size).sum()];
    Arrays.fill(places, -1);
    int begin = 0;
    int value = 0;
    for (Parameter parameter : parameters) {
      for (int position : parameter.structure().positions()) {
        places[begin + position] = value++;
      }
      begin += parameter.size();
    }
    return places;
  }

  /** Sparse if a parameter is, and it is faster for the shape that is computed with. */
  private Structure structure(Mask mask) {
    boolean sparse = parameters.stream().anyMatch(p -> p.structure() instanceof SparsePattern);
    return sparse && Storage.fasterFor(mask) == Storage.SPARSE
        ? SparsePattern.of(shape, mask.keptPositions())
        : Structure.of(shape, mask.keptPositions());
  }

  ParameterView on(UnaryOperator<Parameter> change) {
    return new ParameterView(parameters.stream().map(change).toList(), index, shape);
  }

  List<Parameter> parameters() {
    return parameters;
  }

  Shape shape() {
    return shape;
  }

  /** For operations that multiply by a weight. */
  Weight weight(Pass pass) {
    Parameter first = parameters.get(0);
    if (index == null && first.shape().equals(shape)) {
      return pass.weight(first);
    }
    if (structure == null) {
      return Weight.of(variable(pass));
    }
    return Weight.of(taken(pass, existing, structure.valuesShape()), structure);
  }

  /** For operations that take all elements, 0 where they are pruned. */
  Variable variable(Pass pass) {
    if (structure != null) {
      return weight(pass).whole();
    }
    return taken(pass, index, shape);
  }

  private Variable taken(Pass pass, int @Nullable [] positions, Shape to) {
    List<Variable> values = parameters.stream().map(pass::values).toList();
    if (positions == null) {
      Variable only = values.get(0);
      return only.shape().equals(to) ? only : Shapes.reshape(only, to);
    }
    return Shapes.take(values, positions, to);
  }
}
