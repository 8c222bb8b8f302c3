/// Triggers and what became of them.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.trigger;
