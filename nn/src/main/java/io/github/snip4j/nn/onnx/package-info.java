/**
 * Networks in the format ONNX (Open Neural Network Exchange): {@link
 * io.github.snip4j.nn.onnx.OnnxFile} reads and writes them.
 *
 * <p>From file to network in four steps: {@code WireReader} reads the bytes, {@code ModelParser}
 * makes the messages of the format from them, {@code GraphReader} follows the graph from its input
 * to its output and finds out what each value is (a shape, a constant, elements of the parameters,
 * or something to compute from each example), and {@code GraphLayer} is what comes out: a layer of
 * the operations that are left.
 *
 * <p>Implementation note: the few messages that are needed are read and written here, and not by
 * generated classes. They are plain data of a hundred lines; so ONNX works wherever the engine
 * does, in a linked modular program too, arrays of weights are read once and not through a copy,
 * and an error can say at which byte it is.
 */
@NullMarked
package io.github.snip4j.nn.onnx;

import org.jspecify.annotations.NullMarked;
