/**
 * What every page that is written here is made of: {@link io.github.snip4j.bench.page.Html markup}
 * into which text comes escaped, tables, and the charting library. A page is one file that needs no
 * other and no network.
 */
@NullMarked
package io.github.snip4j.bench.page;

import org.jspecify.annotations.NullMarked;
