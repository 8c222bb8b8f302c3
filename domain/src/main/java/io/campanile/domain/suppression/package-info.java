/// Addresses and domains that nothing is sent to, and those that are sent to and nobody else.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.suppression;
