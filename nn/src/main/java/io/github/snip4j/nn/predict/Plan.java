package io.github.snip4j.nn.predict;

import java.util.List;

/**
 * What is computed for one example, laid out: steps from buffer to buffer. Immutable.
 *
 * @param instructions in order
 * @param buffers how long each is; the input is in the first
 * @param scratch how long the arrays are that steps use beside
 * @param result the buffer of the outputs
 */
record Plan(
    List<Instruction> instructions, List<Integer> buffers, List<Integer> scratch, int result) {
  /** A step, and the buffers it goes from and to. */
  record Instruction(Step step, int from, int to) {}

  /** The arrays of one computation. */
  static final class Arrays {
    final float[][] buffers;
    final float[][] scratch;

    Arrays(Plan plan) {
      buffers = of(plan.buffers);
      scratch = of(plan.scratch);
    }

    private static float[][] of(List<Integer> lengths) {
      return lengths.stream().map(float[]::new).toArray(float[][]::new);
    }
  }

  /** Computes what is in the first buffer. */
  void run(Arrays arrays) {
    for (int i = 0; i < instructions.size(); i++) { // no iterator: nothing is allocated
      Instruction next = instructions.get(i);
      next.step.run(arrays.buffers[next.from], arrays.buffers[next.to], arrays.scratch);
    }
  }
}
