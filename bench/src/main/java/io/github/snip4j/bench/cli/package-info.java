/** The {@code snip4j} command: its options, what it prints, how it fails. */
@NullMarked
package io.github.snip4j.bench.cli;

import org.jspecify.annotations.NullMarked;
