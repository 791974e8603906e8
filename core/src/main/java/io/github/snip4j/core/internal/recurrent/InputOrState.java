package io.github.snip4j.core.internal.recurrent;

/** Part of the columns of a cell's matrix. */
enum InputOrState {
  /** The columns of x. */
  INPUT,
  /** The columns of the state. */
  STATE,
  /** The columns of x, then those of the state. */
  ALL
}
