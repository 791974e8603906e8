/** The engine's threads: work is split over outputs, so the bits do not depend on their number. */
@NullMarked
package io.github.snip4j.core.internal.parallel;

import org.jspecify.annotations.NullMarked;
