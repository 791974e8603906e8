/**
 * Networks in use: one example at a time, as a service answers, laid out once and then computed
 * without allocation and without a graph.
 */
@NullMarked
package io.github.snip4j.nn.predict;

import org.jspecify.annotations.NullMarked;
