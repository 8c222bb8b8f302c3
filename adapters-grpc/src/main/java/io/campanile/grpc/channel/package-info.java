/// Channel configurations.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.channel;
