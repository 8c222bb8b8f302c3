/// Rule sets on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.ruleset;
