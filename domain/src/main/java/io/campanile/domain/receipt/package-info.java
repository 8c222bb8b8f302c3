/// What becomes of messages after a provider took them.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.receipt;
