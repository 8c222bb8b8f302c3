/// Where channel configurations are kept.
@org.jspecify.annotations.NullMarked
package io.campanile.application.channel.port;
