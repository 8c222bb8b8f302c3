/// Values without a schema between their wire forms and maps.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.payload;
