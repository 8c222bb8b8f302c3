/// How a channel reaches people: addresses, senders, limits and retry rules.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.channel;
