/// Real PostgreSQL for tests: a fresh database per test class, and servers that can be broken.
@NullMarked
package io.campanile.testkit.database;

import org.jspecify.annotations.NullMarked;
