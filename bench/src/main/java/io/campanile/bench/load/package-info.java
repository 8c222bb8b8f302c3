/// The load generator, a process of its own that knows the public API only.
@NullMarked
package io.campanile.bench.load;

import org.jspecify.annotations.NullMarked;
