/// What is reported of messages after a provider took them.
@org.jspecify.annotations.NullMarked
package io.campanile.application.receipt;
