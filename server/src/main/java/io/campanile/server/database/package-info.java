/// The PostgreSQL that a node brings along when it is given none.
@NullMarked
package io.campanile.server.database;

import org.jspecify.annotations.NullMarked;
