/// Secrets at rest.
@org.jspecify.annotations.NullMarked
package io.campanile.channels.secret;
