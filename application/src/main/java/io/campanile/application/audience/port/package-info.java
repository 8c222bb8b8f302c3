/// Where audiences are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.audience.port;
