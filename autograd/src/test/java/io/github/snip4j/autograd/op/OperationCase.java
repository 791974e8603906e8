package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Variable;
import io.github.snip4j.autograd.Weight;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Structure;
import io.github.snip4j.core.tensor.Tensor;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One use of an operation. It is called by reflection, so that a case cannot name an operation that
 * it does not run.
 *
 * @param arguments a tensor, a list of them, or null for none, where the operation takes variables;
 *     a {@link Pruned} where it takes a weight, a {@link Constant} where a variable is data
 */
record OperationCase(Method operation, String variant, List<@Nullable Object> arguments) {
  /** The values of a weight of which some elements exist. */
  record Pruned(Tensor values, Structure structure) {}

  /** A variable that the gradients are not taken by. */
  record Constant(Tensor value) {}

  /** The only overload that these arguments fit. */
  static OperationCase of(
      Class<?> kin, String name, String variant, @Nullable Object... arguments) {
    List<Method> fitting =
        Arrays.stream(kin.getMethods())
            .filter(m -> m.getName().equals(name) && fits(m.getParameterTypes(), arguments))
            .toList();
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          kin.getSimpleName() + "." + name + ", " + variant + ": fits " + fitting);
    }
    return new OperationCase(fitting.get(0), variant, Arrays.asList(arguments));
  }

  private static boolean fits(Class<?>[] parameters, @Nullable Object[] arguments) {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      Class<?> expected =
          parameters[i] == Variable.class
              ? Tensor.class
              : parameters[i] == Weight.class ? Pruned.class : boxed(parameters[i]);
      boolean constant = parameters[i] == Variable.class && arguments[i] instanceof Constant;
      if (arguments[i] != null && !constant && !expected.isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /** What the gradients are taken by. */
  Tensor[] inputs() {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof List<?> list) {
        list.forEach(element -> inputs.add((Tensor) element));
      } else if (arguments.get(i) instanceof Pruned pruned) {
        inputs.add(pruned.values);
      } else if (isVariable(i)) {
        inputs.add((Tensor) arguments.get(i));
      }
    }
    return inputs.toArray(Tensor[]::new);
  }

  /** The operation, with variables in place of {@link #inputs}. */
  Variable apply(List<Variable> variables) {
    @Nullable Object[] called = arguments.toArray();
    int next = 0;
    for (int i = 0; i < called.length; i++) {
      if (called[i] instanceof List<?> list) {
        called[i] = variables.subList(next, next + list.size());
        next += list.size();
      } else if (called[i] instanceof Pruned pruned) {
        called[i] = Weight.of(variables.get(next++), pruned.structure);
      } else if (called[i] instanceof Constant constant) {
        called[i] = Variable.constant(constant.value);
      } else if (isVariable(i)) {
        called[i] = variables.get(next++);
      }
    }
    try {
      Object result = operation.invoke(null, called);
      return one(result);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(this + " could not be called", e);
    }
  }

  /** What an operation gives, as one variable. */
  private static Variable one(Object result) {
    if (result instanceof Normalizations.Normalized norm) {
      return norm.y();
    }
    if (result instanceof List<?> parts) {
      List<Variable> flat = new ArrayList<>();
      for (Object part : parts) {
        Variable v = (Variable) part;
        flat.add(Shapes.reshape(v, Shape.of(v.value().size())));
      }
      return Shapes.concatenate(flat, 0);
    }
    return (Variable) result;
  }

  private boolean isVariable(int i) {
    return operation.getParameterTypes()[i] == Variable.class && arguments.get(i) instanceof Tensor;
  }

  /** The name of the case, as in {@code Elementwise.relu, one element}. */
  @Override
  public String toString() {
    return operation.getDeclaringClass().getSimpleName()
        + "."
        + operation.getName()
        + ", "
        + variant;
  }
}
