package io.github.snip4j.autograd.op;

import io.github.snip4j.autograd.Operation;
import io.github.snip4j.autograd.Variable;

/** Where the units of a variable are, for operations that move its axes. */
final class Units {
  private Units() {}

  /** The axis along which the units of x are; the first where nothing is known. */
  static int axis(Variable x) {
    Operation operation = x.operation();
    return operation == null ? 0 : operation.unitAxis();
  }
}
