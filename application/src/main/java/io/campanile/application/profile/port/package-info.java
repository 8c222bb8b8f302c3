/// Where profiles are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.profile.port;
