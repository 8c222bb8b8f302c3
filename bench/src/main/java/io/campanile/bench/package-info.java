/// Benchmarks of the whole system: a coordinator that starts the real server, a load generator and
/// an SMTP sink as processes of their own, measures through the public API, and ends them all.
@NullMarked
package io.campanile.bench;

import org.jspecify.annotations.NullMarked;
