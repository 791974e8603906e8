/** What commands print: progress, results, tables, mistakes. */
@NullMarked
package io.github.snip4j.bench.cli.screen;

import org.jspecify.annotations.NullMarked;
