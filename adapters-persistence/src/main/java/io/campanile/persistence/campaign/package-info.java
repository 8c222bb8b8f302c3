/// Campaigns, their revisions and control rows on PostgreSQL.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence.campaign;
