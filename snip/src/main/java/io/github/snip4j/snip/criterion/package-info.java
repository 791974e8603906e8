/**
 * The relatives of connection sensitivity: other answers to the question which connections to keep,
 * each a {@link io.github.snip4j.snip.Criterion}.
 */
@NullMarked
package io.github.snip4j.snip.criterion;

import org.jspecify.annotations.NullMarked;
