/** What comes out of a run: the records that become JSON, and how they are written and read. */
@NullMarked
package io.github.snip4j.bench.result;

import org.jspecify.annotations.NullMarked;
