/// Profiles and consents.
@org.jspecify.annotations.NullMarked
package io.campanile.grpc.profile;
