/// Processes of one benchmark and how they talk: a line of JSON asks, a line of JSON answers.
@NullMarked
package io.campanile.bench.process;

import org.jspecify.annotations.NullMarked;
