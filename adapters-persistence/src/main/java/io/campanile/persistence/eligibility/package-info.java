/// Facts about recipients on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.eligibility;
