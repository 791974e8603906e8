/** The {@code snip4j} command and its sub-commands. */
@NullMarked
package io.github.snip4j.bench.cli;

import org.jspecify.annotations.NullMarked;
