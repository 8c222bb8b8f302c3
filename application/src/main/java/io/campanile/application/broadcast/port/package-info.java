/// Where broadcasts are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.broadcast.port;
