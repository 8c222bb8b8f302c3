/// What keeps a provider from being overrun, and us from waiting for one that is down.
@org.jspecify.annotations.NullMarked
package io.campanile.channels.resilience;
