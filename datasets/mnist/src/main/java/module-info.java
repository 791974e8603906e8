/**
 * The four files of MNIST, as resources in {@code META-INF/mnist}: {@code Mnist.load()} of {@code
 * io.github.snip4j.datasets} reads them. There is no code in it.
 */
module io.github.snip4j.mnist {}
