/// The API called from the command line, JSON in and out.
@NullMarked
package io.campanile.server.call;

import org.jspecify.annotations.NullMarked;
