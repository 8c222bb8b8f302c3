/// Profiles.
@org.jspecify.annotations.NullMarked
package io.campanile.application.profile;
