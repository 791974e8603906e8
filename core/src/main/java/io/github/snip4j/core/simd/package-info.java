/**
 * The only package that imports {@code jdk.incubator.vector}. It is compiled apart, and loaded by
 * name when the module is there.
 */
@NullMarked
package io.github.snip4j.core.simd;

import org.jspecify.annotations.NullMarked;
