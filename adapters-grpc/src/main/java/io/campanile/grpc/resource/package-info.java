/// The forms all resources share: names, times, etags, pages and field masks.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.resource;
