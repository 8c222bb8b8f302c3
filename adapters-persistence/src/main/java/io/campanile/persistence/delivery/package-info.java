/// Queue, nodes and pace on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.delivery;
