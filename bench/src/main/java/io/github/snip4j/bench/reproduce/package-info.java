/**
 * The tables and figures of the paper: what each of them shows, which runs make it here, and the
 * page that puts both beside each other.
 */
@NullMarked
package io.github.snip4j.bench.reproduce;

import org.jspecify.annotations.NullMarked;
