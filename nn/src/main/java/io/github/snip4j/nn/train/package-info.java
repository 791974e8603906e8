/** The training loop, what can be hung into it, and evaluation. */
@NullMarked
package io.github.snip4j.nn.train;

import org.jspecify.annotations.NullMarked;
