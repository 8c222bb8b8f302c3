/// The suppression list on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.suppression;
