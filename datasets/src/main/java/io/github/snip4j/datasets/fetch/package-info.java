/** Where datasets are kept, and how they are fetched: by HTTP, checked, unpacked. */
@NullMarked
package io.github.snip4j.datasets.fetch;

import org.jspecify.annotations.NullMarked;
