package io.github.snip4j.bench.report;

import io.github.snip4j.bench.page.Html;

/** A part of a report under a heading. */
public interface Section {
  /** What it is called. */
  String heading();

  /** What stands below the heading. */
  Html html();
}
