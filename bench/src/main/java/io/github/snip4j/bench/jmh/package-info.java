/** JMH benchmarks. */
@NullMarked
package io.github.snip4j.bench.jmh;

import org.jspecify.annotations.NullMarked;
