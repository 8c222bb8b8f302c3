/// Transactions, time and signals for tests, and the contracts of their ports.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.store;
