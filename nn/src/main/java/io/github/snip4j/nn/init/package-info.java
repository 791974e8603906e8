/** Where weights start. */
@NullMarked
package io.github.snip4j.nn.init;

import org.jspecify.annotations.NullMarked;
