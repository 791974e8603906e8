package io.github.snip4j.core.recurrent;

/** Part of the columns of a cell's matrix. */
enum Columns {
  /** Those of x. */
  INPUT,
  /** Those of the state. */
  STATE,
  /** One after the other. */
  ALL
}
