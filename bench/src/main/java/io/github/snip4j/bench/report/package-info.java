/**
 * Pages about pruning for people who never saw the code. A {@link
 * io.github.snip4j.bench.report.Report} is a title, a sentence, headline numbers and sections; each
 * section is a record of plain values that knows how it looks. What is common to all pages is in
 * {@code report.html}, {@code report.css} and {@code charts.js} beside these classes.
 */
@NullMarked
package io.github.snip4j.bench.report;

import org.jspecify.annotations.NullMarked;
