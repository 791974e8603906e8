/**
 * Criteria over many batches in parts, whose sums are exact: where a part is computed, and in which
 * order parts arrive, changes no bit. Start at {@link
 * io.github.snip4j.bench.scoring.SummedCriterion}.
 */
@NullMarked
package io.github.snip4j.bench.scoring;

import org.jspecify.annotations.NullMarked;
