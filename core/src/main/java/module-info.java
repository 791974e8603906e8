/**
 * Shapes, tensors, kernels, seeds, npz files. What an embedder calls is exported; packages named
 * {@code internal} are for the other modules of snip4j alone and change without notice.
 *
 * <p>Start at {@link io.github.snip4j.core.tensor.Tensor}, numbers with the batch as the last axis;
 * {@link io.github.snip4j.core.data.Batches} makes examples of arrays, {@link
 * io.github.snip4j.core.random.Seed} decides every draw, {@link io.github.snip4j.core.Engine} says
 * which settings there are.
 *
 * <p>jblas and the Vector API are used where the program resolves them ({@code --add-modules
 * jblas}, {@code --add-modules jdk.incubator.vector}); without them all works on plain Java.
 */
@SuppressWarnings("module") // those that packages are opened to are compiled later
module io.github.snip4j.core {
  requires static org.jspecify;

  exports io.github.snip4j.core;
  exports io.github.snip4j.core.conv;
  exports io.github.snip4j.core.data;
  exports io.github.snip4j.core.io;
  exports io.github.snip4j.core.random;
  exports io.github.snip4j.core.tensor;
  exports io.github.snip4j.core.internal.backend to
      io.github.snip4j.nn,
      io.github.snip4j.snip;
  exports io.github.snip4j.core.internal.blas to
      io.github.snip4j.autograd,
      io.github.snip4j.bench;
  exports io.github.snip4j.core.internal.checks to
      io.github.snip4j.bench;
  exports io.github.snip4j.core.internal.conv to
      io.github.snip4j.autograd,
      io.github.snip4j.nn;
  exports io.github.snip4j.core.internal.kernel to
      io.github.snip4j.autograd,
      io.github.snip4j.nn,
      io.github.snip4j.snip;
  exports io.github.snip4j.core.internal.naive to
      io.github.snip4j.autograd;
  exports io.github.snip4j.core.internal.parallel to
      io.github.snip4j.nn,
      io.github.snip4j.snip,
      io.github.snip4j.datasets;
  exports io.github.snip4j.core.internal.pickle to
      io.github.snip4j.nn,
      io.github.snip4j.datasets;
  exports io.github.snip4j.core.internal.recurrent to
      io.github.snip4j.autograd;
  exports io.github.snip4j.core.internal.sparse to
      io.github.snip4j.autograd,
      io.github.snip4j.nn,
      io.github.snip4j.snip;
}
