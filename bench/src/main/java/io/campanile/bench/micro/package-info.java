/// Micro-benchmarks of what every message pays for, each with its baseline.
@NullMarked
package io.campanile.bench.micro;

import org.jspecify.annotations.NullMarked;
