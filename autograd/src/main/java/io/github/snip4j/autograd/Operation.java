package io.github.snip4j.autograd;

import io.github.snip4j.core.tensor.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What made a variable: the name of the operation, the variables that went in, and what kind of
 * function it is.
 *
 * <p>Training does not look at it. Whoever has to know how a network depends on its weights does,
 * and so asks the graph instead of guessing from the classes of layers: which elements can carry a
 * signal, where the graph has kinks, whether it is piecewise linear, how a value grows with its
 * inputs. An operation that only has a {@linkplain #named name} is trained like the others and is
 * refused by all of those.
 */
public final class Operation {
  /** What kind of function an operation is. */
  public enum Kind {
    /**
     * A sum of terms with constant coefficients of 0 or more. A term is one input, or the product
     * of the first two: x + y, w x + b, a mean, a convolution, a slice.
     */
    MULTILINEAR,
    /** Element by element: x times one of two slopes, which the sign of x chooses. */
    RECTIFIER,
    /** Element by element, with a derivative everywhere. */
    SMOOTH,
    /** Each element is the largest of several elements of the input. */
    MAXIMUM,
    /** Several other operations computed in one; smooth where it does not say otherwise. */
    COMPOSED,
    /** Nothing is known but the name. */
    UNSAID
  }

  private final String name;
  private final Kind kind;
  private final List<Variable> inputs;
  private final Functions functions;
  private final Units units;
  private final boolean product;
  private final boolean kinks;

  private Operation(
      String name,
      Kind kind,
      List<Variable> inputs,
      Functions functions,
      Units units,
      boolean product,
      boolean kinks) {
    this.name = name;
    this.kind = kind;
    this.inputs = inputs;
    this.functions = functions;
    this.units = units;
    this.product = product;
    this.kinks = kinks;
  }

  private static Operation of(
      String name, Kind kind, List<Variable> inputs, boolean product, Functions functions) {
    return new Operation(name, kind, inputs, functions, Units.FIRST, product, false);
  }

  private Operation with(Units others) {
    return new Operation(name, kind, inputs, functions, others, product, kinks);
  }

  /** An operation of one input that is linear in it; its coefficients are 0 or more. */
  public static Operation linear(String name, UnaryOperator<Variable> again, Variable x) {
    return of(name, Kind.MULTILINEAR, List.of(x), false, Functions.ofOne(again));
  }

  /** An operation that is linear in all its inputs together, with coefficients of 0 or more. */
  public static Operation sum(
      String name, Function<List<Variable>, Variable> again, List<Variable> inputs) {
    return of(name, Kind.MULTILINEAR, inputs, false, Functions.of(again));
  }

  /** A product a b: linear in each of its inputs, with coefficients of 0 or more. */
  public static Operation product(
      String name, BinaryOperator<Variable> again, Variable a, Variable b) {
    return of(
        name,
        Kind.MULTILINEAR,
        List.of(a, b),
        true,
        Functions.of(in -> again.apply(in.get(0), in.get(1))));
  }

  /** A product x w to which a bias is added, if there is one: w x + b. */
  public static Operation product(
      String name, Affine again, Variable x, Variable w, @Nullable Variable b) {
    return of(
        name,
        Kind.MULTILINEAR,
        b == null ? List.of(x, w) : List.of(x, w, b),
        true,
        Functions.of(in -> again.of(in.get(0), in.get(1), b == null ? null : in.get(2))));
  }

  /** The form of w x + b. */
  @FunctionalInterface
  public interface Affine {
    /** The result for other inputs. */
    Variable of(Variable x, Variable w, @Nullable Variable b);
  }

  /**
   * A {@link Kind#RECTIFIER}.
   *
   * @param held the same with the slopes that it has at x, whatever the sign of another input
   */
  public static Operation rectifier(
      String name, UnaryOperator<Variable> again, UnaryOperator<Variable> held, Variable x) {
    Functions f = Functions.ofOne(again).withHeld(held);
    return of(name, Kind.RECTIFIER, List.of(x), false, f);
  }

  /** A {@link Kind#SMOOTH} function of each element. */
  public static Operation smooth(String name, UnaryOperator<Variable> again, Variable x) {
    return of(name, Kind.SMOOTH, List.of(x), false, Functions.ofOne(again));
  }

  /**
   * A {@link Kind#SMOOTH} function whose derivative is computed from its result in training, which
   * loses digits where it is flat.
   *
   * @param slope its derivative to all digits of a float, from x
   */
  public static Operation smooth(
      String name, UnaryOperator<Variable> again, UnaryOperator<Tensor> slope, Variable x) {
    Functions f = Functions.ofOne(again).withSlope(slope);
    return of(name, Kind.SMOOTH, List.of(x), false, f);
  }

  /**
   * A {@link Kind#MAXIMUM}.
   *
   * @param held takes the elements that are the largest ones of x, also from another input
   * @param total adds up the elements instead, or averages them
   */
  public static Operation maximum(
      String name,
      UnaryOperator<Variable> again,
      UnaryOperator<Variable> held,
      UnaryOperator<Variable> total,
      Variable x) {
    Functions f = Functions.ofOne(again).withSignals(in -> total.apply(in.get(0))).withHeld(held);
    return of(name, Kind.MAXIMUM, List.of(x), false, f);
  }

  /**
   * A {@link Kind#COMPOSED} operation.
   *
   * @param parts computes the same from operations of the other kinds, the same ones whatever the
   *     values of its inputs are
   */
  public static Operation composed(
      String name,
      Function<List<Variable>, Variable> again,
      Function<List<Variable>, Variable> parts,
      List<Variable> inputs) {
    return of(name, Kind.COMPOSED, inputs, false, Functions.of(again).withSignals(parts));
  }

  /** This operation, {@link Kind#COMPOSED}, with kinks where its parts have them. */
  public Operation withKinks() {
    return new Operation(name, kind, inputs, functions, units, product, true);
  }

  /** An operation that says nothing but its name. */
  public static Operation named(String name) {
    return of(
        name,
        Kind.UNSAID,
        List.of(),
        false,
        Functions.of(
            in -> {
              throw new IllegalStateException(name + " cannot be computed again");
            }));
  }

  /** This operation, for which another one shows which inputs an output depends on. */
  public Operation forSignals(Function<List<Variable>, Variable> standIn) {
    Functions others = functions.withSignals(standIn);
    return new Operation(name, kind, inputs, others, units, product, kinks);
  }

  /**
   * This operation with a result whose units (features, channels) are along another axis than the
   * first.
   */
  public Operation withUnitsAlong(int axis) {
    return with(new Units(axis, units.groups()));
  }

  /**
   * This operation with units that are divided into groups: each output depends on one group of x.
   */
  public Operation inGroups(int number) {
    return with(new Units(units.axis(), number));
  }

  /** This operation with a w each row of which belongs to a unit of x, as in a table of words. */
  public Operation withRowsOfInputs() {
    return inGroups(0);
  }

  /** The name that messages use: {@code relu}. */
  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /** All that went in, constants too, in the order of the operation's arguments. */
  public List<Variable> inputs() {
    return inputs;
  }

  /** Of a {@link Kind#MULTILINEAR} one: whether its first two inputs are multiplied. */
  public boolean multipliesFirstTwo() {
    return product;
  }

  /** The axis of the result along which the units are: features or channels. */
  public int unitAxis() {
    return units.axis();
  }

  /**
   * Of a product x w: into how many groups the units of x are divided, and the rows of w with them;
   * 0 where the rows belong to the units of x.
   */
  public int groups() {
    return units.groups();
  }

  /** Of a {@link Kind#COMPOSED} one: whether it has kinks, which its parts show. */
  public boolean hasKinks() {
    return kinks;
  }

  /** This operation on other inputs, as many and of the same shapes. */
  public Variable again(List<Variable> others) {
    return functions.again().apply(others);
  }

  /**
   * Of a {@link Kind#MULTILINEAR} or a {@link Kind#MAXIMUM}: a sum with positive coefficients in
   * which each output has a term for each input that it depends on.
   */
  public Variable signals(List<Variable> others) {
    return functions.signals().apply(others);
  }

  /** Of a {@link Kind#COMPOSED} one: the same in operations of the other kinds. */
  public Variable parts(List<Variable> others) {
    return functions.signals().apply(others);
  }

  /** Of a {@link Kind#SMOOTH} one: whether {@link #slope} is more exact than its gradient. */
  public boolean hasExactSlope() {
    return functions.slope() != null;
  }

  /** Of a {@link Kind#SMOOTH} one: its derivative at each element of x, of x's shape. */
  public Tensor slope(Tensor x) {
    UnaryOperator<Tensor> exact = functions.slope();
    if (exact != null) {
      return exact.apply(x);
    }
    Variable at = Variable.leaf(x);
    return again(List.of(at)).backward(Tensor.full(x.shape(), 1f)).of(at);
  }

  /**
   * Of a {@link Kind#RECTIFIER} or a {@link Kind#MAXIMUM}: the linear function that it is near the
   * inputs that it had.
   */
  public Variable held(Variable other) {
    UnaryOperator<Variable> linear = functions.held();
    if (linear == null) {
      throw new IllegalStateException(name + " has no kink");
    }
    return linear.apply(other);
  }
}
