/** The layers. */
@NullMarked
package io.github.snip4j.nn.layer;

import org.jspecify.annotations.NullMarked;
