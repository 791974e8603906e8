/** The settings of the engine; what it computes with is in the packages below. */
@NullMarked
package io.github.snip4j.core;

import org.jspecify.annotations.NullMarked;
