package io.github.snip4j.nn.onnx;

import io.github.snip4j.autograd.op.Reorderings;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.onnx.Value.Computed;
import io.github.snip4j.nn.onnx.Value.Repeated;
import java.util.Arrays;
import java.util.Map;

/** Operators that give the same numbers other axes, or repeat them along new ones. */
final class Reshapes {
  private Reshapes() {}

  static void addTo(Map<String, Operators.Operator> all) {
    all.put("Reshape", Reshapes::reshape);
    all.put("Flatten", Reshapes::flatten);
    all.put("Expand", Reshapes::expand);
  }

  /**
   * Gives a value another extent; the axes in front of the batch hold as many numbers as before.
   */
  static Computed step(Use use, Computed x, Extent to) throws BadFileException {
    return use.graph().step(use, to, (in, batch) -> Extents.to(in[0], to.shape(batch)), x);
  }

  /** Lengths of axes that are known. */
  static int[] lengths(Use use, long[] dims) throws BadFileException {
    for (long dim : dims) {
      if (dim < 0 || dim > Integer.MAX_VALUE) {
        throw use.bad("an axis of length " + dim);
      }
    }
    return Arrays.stream(dims).mapToInt(dim -> (int) dim).toArray();
  }

  private static void reshape(Use use) throws BadFileException {
    Value input = use.input(0);
    Value shape =
        use.hasAttribute("shape")
            ? Wholes.of(new int[] {use.numbers("shape").length}, use.numbers("shape"))
            : use.input(1);
    if (!(shape instanceof Wholes target)) {
      throw use.bad("the shape must be known beforehand");
    }
    boolean zeroCopies = use.number("allowzero", 0) == 0;
    if (input instanceof Known known) {
      Extent from = Extent.of(known.dims());
      use.output(known.reshaped(new Target(use, from, target, zeroCopies).extent().lengths()));
    } else if (input instanceof Repeated repeated) {
      use.output(new Repeated(repeated.value(), target));
    } else {
      Computed x = use.computed(0);
      use.output(step(use, x, new Target(use, x.extent(), target, zeroCopies).extent()));
    }
  }

  private static void flatten(Use use) throws BadFileException {
    Computed x = use.computed(0);
    int rank = x.extent().rank();
    long given = use.number("axis", 1);
    int axis = (int) (given < 0 ? given + rank : given);
    boolean aroundBatch = axis == 1 && x.extent().batch() == 0;
    if (!aroundBatch && x.extent().hasBatch()) {
      throw use.bad("axis " + given + " of " + x.extent() + " merges the batch with other axes");
    }
    int[] lengths = x.extent().lengths();
    int first = 1;
    int second = 1;
    for (int i = 0; i < rank; i++) {
      first *= i < axis ? lengths[i] : 1;
      second *= i < axis ? 1 : lengths[i];
    }
    use.output(step(use, x, Extents.like(x.extent(), first, second)));
  }

  private static void expand(Use use) throws BadFileException {
    Value input = use.input(0);
    if (!(use.input(1) instanceof Wholes target)) {
      throw use.bad("the shape must be known beforehand");
    }
    if (input instanceof Repeated number) {
      use.output(new Repeated(number.value(), target));
      return;
    }
    Extent asked = target.asLengths(use);
    if (input instanceof Known known && !asked.hasBatch()) {
      int[] to = Elements.broadcast(use, Extent.of(known.dims()), asked).lengths();
      use.graph().affordable(use, to);
      use.output(Rearrangements.expand(known, to));
      return;
    }
    Computed x = use.graph().toCompute(use, ofOneExample(use, input, asked));
    Extent to = Elements.broadcast(use, x.extent(), asked);
    Computed repeated =
        use.graph()
            .step(
                use,
                to,
                (in, n) ->
                    Reorderings.expand(
                        Extents.to(in[0], Elements.aligned(x.extent(), to, n)), to.shape(n)),
                x);
    if (Arithmetics.isZero(input)) {
      use.graph().noteZeros(repeated);
    }
    use.output(repeated);
  }

  /**
   * Zeros that a file has for each example of its fixed batch, as the first states of a recurrent
   * cell: those of one example. Other values stay as they are.
   */
  private static Value ofOneExample(Use use, Value input, Extent asked) {
    if (!(input instanceof Known known) || !Arithmetics.isZero(input)) {
      return input;
    }
    int axis = asked.batch() - (asked.rank() - known.dims().length);
    boolean fixed = axis >= 0 && known.dims()[axis] == use.graph().declaredBatch();
    return fixed ? Rearrangements.take(known, axis, new int[1]) : input;
  }
}
