/// Executions for a whole audience.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.broadcast;
