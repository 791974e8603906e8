/** What happens in a run: reading data, pruning, training, checkpoints, the folder of a run. */
@NullMarked
package io.github.snip4j.bench.run;

import org.jspecify.annotations.NullMarked;
