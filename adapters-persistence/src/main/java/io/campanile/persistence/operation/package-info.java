/// Partitions, backlogs and invariants of the database.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.operation;
