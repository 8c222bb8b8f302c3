/// Executions and messages as people look at them, on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.message;
