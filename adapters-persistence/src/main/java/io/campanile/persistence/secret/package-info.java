/// What is kept encrypted, on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.secret;
