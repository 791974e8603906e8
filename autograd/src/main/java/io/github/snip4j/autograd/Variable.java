package io.github.snip4j.autograd;

import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in a computation that can be differentiated: its value, and the edges back to what it
 * was computed from. Immutable, provided that nobody writes into the value.
 */
public final class Variable {
  private final Tensor value;
  private final boolean leaf;
  private final Edge[] edges;
  private final @Nullable Operation operation;

  private Variable(Tensor value, boolean leaf, @Nullable Operation operation, Edge... edges) {
    this.value = value;
    this.leaf = leaf;
    this.operation = operation;
    this.edges = edges;
  }

  /**
   * One input of an operation, and its partial derivative.
   *
   * @param pull takes the gradient of the output, which it does not modify, and returns the
   *     gradient of the input, of the input's shape
   */
  public record Edge(Variable input, UnaryOperator<Tensor> pull) {}

  /** A variable to differentiate by. */
  public static Variable leaf(Tensor value) {
    return new Variable(value, true, null);
  }

  /** A value that no gradient is asked for. */
  public static Variable constant(Tensor value) {
    return new Variable(value, false, null);
  }

  /**
   * The result of an operation: what every operation ends with.
   *
   * @param operation what it is
   * @param edges one for each input; those to constants are left out
   */
  public static Variable of(Operation operation, Tensor value, Edge... edges) {
    int count = 0;
    Edge[] needed = new Edge[edges.length];
    for (Edge edge : edges) {
      if (edge.input.requiresGradient()) {
        needed[count++] = edge;
      }
    }
    return count == 0
        ? constant(value)
        : new Variable(value, false, operation, Arrays.copyOf(needed, count));
  }

  /** The edge that makes this variable an input of an operation. */
  public Edge pull(UnaryOperator<Tensor> partialDerivative) {
    return new Edge(this, partialDerivative);
  }

  public Tensor value() {
    return value;
  }

  public Shape shape() {
    return value.shape();
  }

  /** Whether this is a leaf or was computed from one. */
  public boolean requiresGradient() {
    return leaf || edges.length > 0;
  }

  /** What this was computed by; null for a leaf and a constant. */
  public @Nullable Operation operation() {
    return operation;
  }

  boolean isLeaf() {
    return leaf;
  }

  Edge[] edges() {
    return edges;
  }

  /**
   * What this was computed from, directly or not, and itself: each after all that it was computed
   * from. Constants are not among them.
   */
  public List<Variable> history() {
    return Backward.inputsFirst(this);
  }

  /** What this was computed from directly, constants left out. */
  public List<Variable> inputs() {
    return Arrays.stream(edges).map(Edge::input).toList();
  }

  /**
   * The gradients of this number by every leaf it depends on.
   *
   * @throws IllegalArgumentException if this has more elements than one
   */
  public Gradients backward() {
    if (value.size() != 1) {
      throw new IllegalArgumentException(
          "backward: " + shape() + " is not a single number; pass the upstream gradient");
    }
    return backward(Tensor.full(shape(), 1f));
  }

  /**
   * The gradients of sum(this * upstream) by every leaf that this depends on.
   *
   * @param upstream of this variable's shape, not modified
   * @throws IllegalArgumentException if the shapes differ, or this depends on no leaf
   */
  public Gradients backward(Tensor upstream) {
    return Backward.run(this, upstream);
  }
}
