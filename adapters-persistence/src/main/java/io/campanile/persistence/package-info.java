/// PostgreSQL behind the ports: pools, transactions, errors, migrations.
@org.jspecify.annotations.NullMarked
package io.campanile.persistence;
