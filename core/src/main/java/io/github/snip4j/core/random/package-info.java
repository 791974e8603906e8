/** Random draws that are pure functions of (seed, purpose, index). */
@NullMarked
package io.github.snip4j.core.random;

import org.jspecify.annotations.NullMarked;
