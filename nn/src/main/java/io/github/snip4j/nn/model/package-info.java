/** The networks of the paper, by name. */
@NullMarked
package io.github.snip4j.nn.model;

import org.jspecify.annotations.NullMarked;
