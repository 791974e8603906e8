/**
 * The definitions, in plain loops and in double: read these, the rest is speed. Tests hold every
 * fast kernel against them.
 */
@NullMarked
package io.github.snip4j.core.internal.naive;

import org.jspecify.annotations.NullMarked;
