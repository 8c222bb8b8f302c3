/// Audiences.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.audience;
