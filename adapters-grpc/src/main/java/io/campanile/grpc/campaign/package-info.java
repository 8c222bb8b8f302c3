/// Campaigns, their lifecycle, reviews and contracts.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.campaign;
