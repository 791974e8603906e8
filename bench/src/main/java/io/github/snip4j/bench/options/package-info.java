/**
 * What a run is asked to do: records of plain values, and the enums that name what can be chosen.
 * They are written into result files and checkpoints as they are.
 */
@NullMarked
package io.github.snip4j.bench.options;

import org.jspecify.annotations.NullMarked;
