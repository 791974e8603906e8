/** Optimisers, which update flat arrays, and learning rate schedules. */
@NullMarked
package io.github.snip4j.nn.optim;

import org.jspecify.annotations.NullMarked;
