/// What operators do with channel configurations.
@org.jspecify.annotations.NullMarked
package io.campanile.application.channel;
