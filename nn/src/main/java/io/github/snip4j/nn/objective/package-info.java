/**
 * What training makes small: objectives, functions of a network's outputs and of what should have
 * come out. A network holds one, and training, evaluation, criteria and diagnoses all ask it.
 */
@NullMarked
package io.github.snip4j.nn.objective;

import org.jspecify.annotations.NullMarked;
