/// How the node is doing.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.operation;
