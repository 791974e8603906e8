/** The options that commands share, and the values that they are turned into. */
@NullMarked
package io.github.snip4j.bench.cli.option;

import org.jspecify.annotations.NullMarked;
