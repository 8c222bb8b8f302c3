/// Queue, nodes and time lines of providers on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.delivery;
