/** How windows move over images: the specifications of convolutions and of poolings. */
@NullMarked
package io.github.snip4j.core.conv;

import org.jspecify.annotations.NullMarked;
