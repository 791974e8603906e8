package io.github.snip4j.core.internal.recurrent;

/** Part of the columns of a cell's matrix. */
enum InputOrState {
  /** Those of x. */
  INPUT,
  /** Those of the state. */
  STATE,
  /** One after the other. */
  ALL
}
