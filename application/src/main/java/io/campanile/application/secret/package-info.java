/// The keys that secrets are encrypted with at rest.
@org.jspecify.annotations.NullMarked
package io.campanile.application.secret;
