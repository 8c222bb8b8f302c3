/// Receipts on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.receipt;
