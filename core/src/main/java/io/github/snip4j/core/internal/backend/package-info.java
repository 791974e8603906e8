/**
 * The seam to the hardware: loops over arrays, each in plain Java and on the Vector API. Their
 * callers check arguments, lay data out and share the work among threads; these loops trust.
 */
@NullMarked
package io.github.snip4j.core.internal.backend;

import org.jspecify.annotations.NullMarked;
