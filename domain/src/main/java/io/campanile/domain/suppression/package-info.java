/// Addresses and domains that nothing is sent to.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.suppression;
