/** What reports say: turns results into the headlines, sentences and sections of a page. */
@NullMarked
package io.github.snip4j.bench.story;

import org.jspecify.annotations.NullMarked;
