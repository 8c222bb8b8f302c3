/// The gRPC server.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc;
