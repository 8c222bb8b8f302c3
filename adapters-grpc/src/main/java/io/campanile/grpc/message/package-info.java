/// Messages and what happened to them.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.message;
