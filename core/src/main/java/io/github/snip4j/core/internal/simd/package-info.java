/**
 * The only package that imports {@code jdk.incubator.vector}. It is compiled apart, and loaded by
 * name when the module is there.
 *
 * <p>A number enters a loop as a vector made before it: the Vector API's overloads that take
 * numbers are inlined by luck, and where they are not, each makes an object.
 */
@NullMarked
package io.github.snip4j.core.internal.simd;

import org.jspecify.annotations.NullMarked;
