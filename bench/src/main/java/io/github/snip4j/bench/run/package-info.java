/**
 * What the command does, without a word about options or the terminal: prune, train, evaluate, and
 * the files that come out of it.
 */
@NullMarked
package io.github.snip4j.bench.run;

import org.jspecify.annotations.NullMarked;
