/// Transactions and signals of the store, on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.store;
