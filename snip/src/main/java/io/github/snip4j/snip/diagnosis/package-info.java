/**
 * Whether a mask is sound: what it leaves of each layer, which of the kept connections lie on a
 * path from input to output, and how well a score tells what removing its connection does to the
 * loss.
 */
@NullMarked
package io.github.snip4j.snip.diagnosis;

import org.jspecify.annotations.NullMarked;
