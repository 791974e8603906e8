/** Checks that are off unless a system property asks for them. */
@NullMarked
package io.github.snip4j.core.internal.checks;

import org.jspecify.annotations.NullMarked;
