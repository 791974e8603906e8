/**
 * Loops over tensors: elementwise, broadcasting, softmax, pooling, batch norm. Public methods check
 * shapes; the loops trust them.
 */
@NullMarked
package io.github.snip4j.core.internal.kernel;

import org.jspecify.annotations.NullMarked;
