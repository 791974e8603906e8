/**
 * Weights as people hold them: {@link io.github.snip4j.nn.io.WeightFile} sets a network to those of
 * a {@code .npz}, {@code .safetensors}, {@code .pt} or {@code .pth} file, {@link
 * io.github.snip4j.nn.io.TensorFile} gives what such a file holds by name, and {@link
 * io.github.snip4j.nn.io.Safetensors} also writes.
 *
 * <p>Implementation note: of the pickles that PyTorch writes a few operations are needed, and they
 * are read here: a name in a pickle stays a name, so there is nothing that could be executed, and
 * no length that a pickle claims is believed before the bytes are there.
 */
@NullMarked
package io.github.snip4j.nn.io;

import org.jspecify.annotations.NullMarked;
