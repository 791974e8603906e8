/**
 * Training in parts on other machines: each computes a part of every batch, and what travels is the
 * gradient of what exists. This program meets them all: it adds the parts in their order, sends the
 * sum to all, and does everything else that a run does. Start at {@link
 * io.github.snip4j.bench.parts.RemoteParts} and {@link io.github.snip4j.bench.parts.PartWorker}.
 */
@NullMarked
package io.github.snip4j.bench.parts;

import org.jspecify.annotations.NullMarked;
