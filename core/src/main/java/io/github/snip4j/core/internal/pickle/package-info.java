/** Python's pickles, read without executing anything. */
@NullMarked
package io.github.snip4j.core.internal.pickle;

import org.jspecify.annotations.NullMarked;
