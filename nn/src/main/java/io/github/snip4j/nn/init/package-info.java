/**
 * Where weights start: {@link VarianceScaling} (LeCun's, Glorot's, He's), {@link Normal}, {@link
 * TruncatedNormal}, {@link Orthogonal}, {@link Constant}. A draw depends on the seed and on the
 * parameter's name alone.
 */
@NullMarked
package io.github.snip4j.nn.init;

import org.jspecify.annotations.NullMarked;
