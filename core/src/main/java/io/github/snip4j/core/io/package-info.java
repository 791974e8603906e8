/**
 * Files: {@code .npz} archives in and out, writing that never leaves half a file, and the exception
 * that names what is wrong with one.
 */
@NullMarked
package io.github.snip4j.core.io;

import org.jspecify.annotations.NullMarked;
